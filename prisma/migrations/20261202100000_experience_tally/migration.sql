-- How many experiences each supplier has in each zone (empty: the default zone). Kept by triggers, so that no statement can forget it,
-- and so that a count costs the same whatever is stored.
CREATE TABLE "experience_tally" (
    "supplier" TEXT COLLATE "C" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "experiences" INTEGER NOT NULL,

    CONSTRAINT "experience_tally_pkey" PRIMARY KEY ("supplier", "time_zone")
);

-- pauses: those that are over, and how many there are
CREATE INDEX "experience_paused_idx" ON "experience"("paused_until") WHERE "paused_at" IS NOT NULL;

-- Of those that were added or deleted.
CREATE FUNCTION "tally_experiences"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO experience_tally (supplier, time_zone, experiences)
  SELECT supplier, coalesce(time_zone, ''), CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM affected GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (supplier, time_zone) DO UPDATE SET experiences = experience_tally.experiences + excluded.experiences;
  RETURN NULL;
END $$;

CREATE FUNCTION "tally_changed_experience"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO experience_tally (supplier, time_zone, experiences)
  SELECT supplier, coalesce(zone, ''), sum(n)
  FROM (VALUES (OLD.supplier, OLD.time_zone, -1), (NEW.supplier, NEW.time_zone, 1)) AS v(supplier, zone, n)
  GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2
  ON CONFLICT (supplier, time_zone) DO UPDATE SET experiences = experience_tally.experiences + excluded.experiences;
  RETURN NULL;
END $$;

CREATE FUNCTION "tally_truncated_experiences"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM experience_tally;
  RETURN NULL;
END $$;

CREATE TRIGGER "experiences_added" AFTER INSERT ON "experience" REFERENCING NEW TABLE AS affected
    FOR EACH STATEMENT EXECUTE FUNCTION "tally_experiences"();
CREATE TRIGGER "experiences_deleted" AFTER DELETE ON "experience" REFERENCING OLD TABLE AS affected
    FOR EACH STATEMENT EXECUTE FUNCTION "tally_experiences"();
-- Triggers run in the order of their names: after "experience_moved", which locks the days. The row of the tally, which others wait
-- for, is always locked last.
CREATE TRIGGER "experience_tallied" AFTER UPDATE OF "supplier", "time_zone" ON "experience"
    FOR EACH ROW WHEN ((OLD.supplier, OLD.time_zone) IS DISTINCT FROM (NEW.supplier, NEW.time_zone))
    EXECUTE FUNCTION "tally_changed_experience"();
CREATE TRIGGER "experiences_truncated" AFTER TRUNCATE ON "experience" FOR EACH STATEMENT EXECUTE FUNCTION "tally_truncated_experiences"();

-- From here on, in this transaction, nobody else changes an experience: the triggers have locked the table.
INSERT INTO "experience_tally" ("supplier", "time_zone", "experiences")
SELECT supplier, coalesce(time_zone, ''), count(*) FROM "experience" GROUP BY 1, 2;
