-- Days of paused experiences and of held products keep their due times and priorities, so they stood first in each index that claims
-- read: each claim read past all of them. This column stands before these instants now. Kept by triggers, so that no statement can
-- forget it.
ALTER TABLE "day" ADD COLUMN "claimable" BOOLEAN NOT NULL DEFAULT true;

CREATE FUNCTION "set_claimable_days"("id" INTEGER, "is_claimable" BOOLEAN) RETURNS void LANGUAGE sql AS $$
  UPDATE day SET claimable = is_claimable FROM (
    SELECT experience_id, date FROM day WHERE experience_id = id AND claimable <> is_claimable ORDER BY date FOR NO KEY UPDATE
  ) AS d WHERE day.experience_id = d.experience_id AND day.date = d.date
$$;

CREATE FUNCTION "follow_paused_experience"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_claimable_days(NEW.id, NEW.paused_at IS NULL
    AND NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = NEW.id AND h.held));
  RETURN NULL;
END $$;

-- The experience is locked, so that of a pause that ends and a product that is released at the same time the second one sees the first.
CREATE FUNCTION "follow_held_product"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM experience WHERE id = NEW.experience_id FOR SHARE;
  PERFORM set_claimable_days(NEW.experience_id, NOT NEW.held
    AND EXISTS (SELECT FROM experience e WHERE e.id = NEW.experience_id AND e.paused_at IS NULL));
  RETURN NULL;
END $$;

CREATE TRIGGER "experience_paused" AFTER UPDATE OF "paused_at" ON "experience"
    FOR EACH ROW WHEN ((OLD.paused_at IS NULL) <> (NEW.paused_at IS NULL)) EXECUTE FUNCTION "follow_paused_experience"();
CREATE TRIGGER "product_held" AFTER INSERT ON "product_health"
    FOR EACH ROW WHEN (NEW.held) EXECUTE FUNCTION "follow_held_product"();
CREATE TRIGGER "product_held_or_released" AFTER UPDATE OF "held" ON "product_health"
    FOR EACH ROW WHEN (OLD.held <> NEW.held) EXECUTE FUNCTION "follow_held_product"();

-- From here on, in this transaction, nobody else pauses an experience: the triggers have locked the tables.
UPDATE "day" d SET "claimable" = false FROM "experience" e
WHERE e.id = d.experience_id
  AND (e.paused_at IS NOT NULL OR EXISTS (SELECT FROM "product_health" h WHERE h.experience_id = e.id AND h.held));

DROP INDEX "day_due_idx";
DROP INDEX "day_retry_idx";
DROP INDEX "day_refresh_at_idx";
DROP INDEX "day_refresh_value_idx";
DROP INDEX "day_first_idx";
DROP INDEX "day_max_age_idx";
DROP INDEX "day_hinted_idx";
DROP INDEX "day_requested_idx";
-- claim: the days that are about to reach the max age of their tier
CREATE INDEX "day_due_idx" ON "day"("supplier", "claimable", "due_at", "experience_id")
    WHERE "attempts" = 0 AND "empty_seen_at" IS NULL AND "confirmed_at" IS NOT NULL;
-- claim: the days to be tried again
CREATE INDEX "day_retry_idx" ON "day"("supplier", "claimable", "due_at", "experience_id")
    WHERE "attempts" > 0 OR "empty_seen_at" IS NOT NULL;
-- claim: the days of each interval class, first the one that is worth a request first
CREATE INDEX "day_refresh_at_idx" ON "day"("supplier", "claimable", "interval_class", "refresh_at")
    WHERE "refresh_at" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days with a stale probability, the most valuable first
CREATE INDEX "day_refresh_value_idx" ON "day"("supplier", "claimable", "refresh_value" DESC)
    WHERE "refresh_value" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that were never fetched, the most valuable first. Suspect days may be worth more, and be many.
CREATE INDEX "day_first_idx" ON "day"("supplier", "claimable", "refresh_value" DESC)
    WHERE "confirmed_at" IS NULL AND "refresh_value" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that were confirmed longest ago
CREATE INDEX "day_max_age_idx" ON "day"("supplier", "claimable", "confirmed_at")
    WHERE "due_at" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that may have changed, by a notification of the supplier
CREATE INDEX "day_hinted_idx" ON "day"("supplier", "claimable", "hinted_at") WHERE "hinted_at" IS NOT NULL;
-- claim: the days that readers wait for
CREATE INDEX "day_requested_idx" ON "day"("supplier", "claimable", "requested_at") WHERE "requested_at" IS NOT NULL;
