-- Counts of days that cost the same whatever is stored: kept by triggers, so that no statement can forget them. See
-- `src/sync/monitoring/README.md`.

-- The counts of a supplier's days of a date, of the experiences of a zone (empty: the default zone), as of the instant of
-- `day_tally_epoch`.
CREATE TABLE "day_tally" (
    "supplier" TEXT COLLATE "C" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "scheduled" INTEGER NOT NULL,
    "never" INTEGER NOT NULL,
    "unasked" INTEGER NOT NULL,
    "failing" INTEGER NOT NULL,
    "hinted" INTEGER NOT NULL,
    "fresh" INTEGER NOT NULL,
    "fresh_over" INTEGER NOT NULL,
    "due" INTEGER NOT NULL,

    CONSTRAINT "day_tally_pkey" PRIMARY KEY ("supplier", "time_zone", "date")
);

-- Days that left (n < 0) or entered (n > 0) a state and are not in `day_tally` so far. Only appended to: whoever records waits for
-- nobody.
CREATE TABLE "day_tally_change" (
    "id" BIGSERIAL NOT NULL,
    "supplier" TEXT COLLATE "C" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "n" INTEGER NOT NULL,
    "never" BOOLEAN NOT NULL,
    "failing" BOOLEAN NOT NULL,
    "hinted" BOOLEAN NOT NULL,
    "stale_after" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "day_tally_change_pkey" PRIMARY KEY ("id")
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE TABLE "day_tally_epoch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "day_tally_epoch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "day_tally_epoch_one_row" CHECK ("id" = 1)
);

-- Days that were leased lately. An index on the leases themselves would have each claim write all indexes of the day.
CREATE TABLE "day_lease" (
    "experience_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "day_lease_pkey" PRIMARY KEY ("experience_id", "date")
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- status: the days that became stale since the counts were made, and the first stale one
CREATE INDEX "day_stale_idx" ON "day"("supplier", "stale_after") WHERE "due_at" IS NOT NULL;
CREATE INDEX "day_over_idx" ON "day"("supplier", "stale_after") WHERE "due_at" IS NULL AND "stale_after" IS NOT NULL;
-- status: the oldest day of a date
CREATE INDEX "day_oldest_idx" ON "day"("supplier", "date", "confirmed_at") WHERE "due_at" IS NOT NULL;

CREATE FUNCTION "tally_changed_day"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_tally_change (supplier, time_zone, date, n, never, failing, hinted, stale_after, due_at)
  SELECT NEW.supplier, coalesce(e.time_zone, ''), NEW.date, s.*
  FROM experience e CROSS JOIN (VALUES
    (-1, OLD.confirmed_at IS NULL, OLD.attempts > 0, OLD.hinted_at IS NOT NULL, OLD.stale_after, OLD.due_at),
    (1, NEW.confirmed_at IS NULL, NEW.attempts > 0, NEW.hinted_at IS NOT NULL, NEW.stale_after, NEW.due_at)) AS s
  WHERE e.id = NEW.experience_id;
  RETURN NULL;
END $$;

CREATE FUNCTION "tally_added_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_tally_change (supplier, time_zone, date, n, never, failing, hinted, stale_after, due_at)
  SELECT d.supplier, coalesce(e.time_zone, ''), d.date, count(*), d.confirmed_at IS NULL, d.attempts > 0, d.hinted_at IS NOT NULL,
    d.stale_after, d.due_at
  FROM added d JOIN experience e ON e.id = d.experience_id
  GROUP BY 1, 2, 3, 5, 6, 7, 8, 9;
  INSERT INTO day_lease (experience_id, date, until)
  SELECT experience_id, date, leased_until FROM added WHERE leased_until IS NOT NULL
  ON CONFLICT (experience_id, date) DO UPDATE SET until = excluded.until;
  RETURN NULL;
END $$;

CREATE FUNCTION "tally_deleted_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_tally_change (supplier, time_zone, date, n, never, failing, hinted, stale_after, due_at)
  SELECT d.supplier, coalesce(e.time_zone, ''), d.date, -count(*), d.confirmed_at IS NULL, d.attempts > 0, d.hinted_at IS NOT NULL,
    d.stale_after, d.due_at
  FROM deleted d JOIN experience e ON e.id = d.experience_id
  GROUP BY 1, 2, 3, 5, 6, 7, 8, 9;
  RETURN NULL;
END $$;

-- The days are locked, so that none changes its state under the old zone while it is counted under the new one.
CREATE FUNCTION "tally_moved_experience"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM day WHERE experience_id = NEW.id ORDER BY date FOR NO KEY UPDATE;
  INSERT INTO day_tally_change (supplier, time_zone, date, n, never, failing, hinted, stale_after, due_at)
  SELECT d.supplier, coalesce(z.zone, ''), d.date, z.n, d.confirmed_at IS NULL, d.attempts > 0, d.hinted_at IS NOT NULL,
    d.stale_after, d.due_at
  FROM day d CROSS JOIN (VALUES (OLD.time_zone, -1), (NEW.time_zone, 1)) AS z(zone, n)
  WHERE d.experience_id = NEW.id;
  RETURN NULL;
END $$;

-- While the experience is still there to say its zone.
CREATE FUNCTION "delete_days_of_experience"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM day WHERE experience_id = OLD.id;
  RETURN OLD;
END $$;

CREATE FUNCTION "note_leased_day"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_lease (experience_id, date, until) VALUES (NEW.experience_id, NEW.date, NEW.leased_until)
  ON CONFLICT (experience_id, date) DO UPDATE SET until = excluded.until;
  RETURN NULL;
END $$;

CREATE FUNCTION "tally_truncated_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM day_tally;
  DELETE FROM day_tally_change;
  DELETE FROM day_lease;
  RETURN NULL;
END $$;

CREATE TRIGGER "day_changed" AFTER UPDATE OF "confirmed_at", "stale_after", "due_at", "attempts", "hinted_at" ON "day"
    FOR EACH ROW WHEN (OLD.stale_after IS DISTINCT FROM NEW.stale_after OR OLD.due_at IS DISTINCT FROM NEW.due_at
      OR (OLD.confirmed_at IS NULL) <> (NEW.confirmed_at IS NULL) OR (OLD.attempts > 0) <> (NEW.attempts > 0)
      OR (OLD.hinted_at IS NULL) <> (NEW.hinted_at IS NULL))
    EXECUTE FUNCTION "tally_changed_day"();
CREATE TRIGGER "day_leased" AFTER UPDATE OF "leased_until" ON "day"
    FOR EACH ROW WHEN (NEW.leased_until IS NOT NULL AND OLD.leased_until IS DISTINCT FROM NEW.leased_until)
    EXECUTE FUNCTION "note_leased_day"();
CREATE TRIGGER "day_added" AFTER INSERT ON "day" REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "tally_added_days"();
CREATE TRIGGER "day_deleted" AFTER DELETE ON "day" REFERENCING OLD TABLE AS deleted
    FOR EACH STATEMENT EXECUTE FUNCTION "tally_deleted_days"();
CREATE TRIGGER "day_truncated" AFTER TRUNCATE ON "day" FOR EACH STATEMENT EXECUTE FUNCTION "tally_truncated_days"();
CREATE TRIGGER "experience_moved" AFTER UPDATE OF "time_zone" ON "experience"
    FOR EACH ROW WHEN (OLD.time_zone IS DISTINCT FROM NEW.time_zone) EXECUTE FUNCTION "tally_moved_experience"();
CREATE TRIGGER "experience_deleted" BEFORE DELETE ON "experience"
    FOR EACH ROW EXECUTE FUNCTION "delete_days_of_experience"();

-- From here on, in this transaction, nobody else changes a day: the triggers have locked the table.
INSERT INTO "day_tally_epoch" ("at") VALUES (now());
INSERT INTO "day_tally" ("supplier", "time_zone", "date", "scheduled", "never", "unasked", "failing", "hinted", "fresh", "fresh_over", "due")
SELECT d.supplier, coalesce(e.time_zone, ''), d.date, count(d.due_at), count(d.due_at) FILTER (WHERE d.confirmed_at IS NULL),
  count(d.due_at) FILTER (WHERE d.confirmed_at IS NULL AND d.attempts = 0), count(d.due_at) FILTER (WHERE d.attempts > 0),
  count(d.due_at) FILTER (WHERE d.hinted_at IS NOT NULL), count(d.due_at) FILTER (WHERE d.stale_after > n.at),
  count(*) FILTER (WHERE d.due_at IS NULL AND d.stale_after > n.at),
  count(*) FILTER (WHERE d.due_at <= n.at AND NOT (d.confirmed_at IS NULL AND d.attempts = 0))
FROM "day" d JOIN "experience" e ON e.id = d.experience_id CROSS JOIN "day_tally_epoch" n
GROUP BY 1, 2, 3;
