-- The words of the glossary, and two columns where one number meant two things by its sign.

-- The priority of a day. With a refresh interval: its class, and when a request is worth the shadow price. Surely stale: what
-- a request is worth, in shadow prices.
ALTER TABLE "day" RENAME COLUMN "wanted_at" TO "requested_at";
ALTER TABLE "day" RENAME COLUMN "tempo" TO "interval_class";
ALTER TABLE "day" ALTER COLUMN "interval_class" DROP DEFAULT;
ALTER TABLE "day" ALTER COLUMN "interval_class" DROP NOT NULL;
ALTER TABLE "day" ADD COLUMN "refresh_at" TIMESTAMPTZ(3);
ALTER TABLE "day" ADD COLUMN "refresh_value" DOUBLE PRECISION;
UPDATE "day" SET
    "refresh_at" = CASE WHEN "interval_class" < 18 THEN to_timestamp("turn" / 1000) END,
    "refresh_value" = CASE WHEN "interval_class" = 18 THEN -"turn" END,
    "interval_class" = CASE WHEN "interval_class" < 18 AND "turn" IS NOT NULL THEN "interval_class" END;

DROP INDEX "day_turn_idx";
DROP INDEX "day_oldest_idx";
-- The scheduler that asked by due times alone is gone.
DROP INDEX "day_unasked_idx";
ALTER TABLE "day" DROP COLUMN "turn";
-- claim: the days of each interval class, first the one that is worth a request first
CREATE INDEX "day_refresh_at_idx" ON "day"("interval_class", "refresh_at")
    WHERE "refresh_at" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that are surely stale, the most valuable first
CREATE INDEX "day_refresh_value_idx" ON "day"("refresh_value" DESC)
    WHERE "refresh_value" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that were confirmed longest ago
CREATE INDEX "day_max_age_idx" ON "day"("confirmed_at")
    WHERE "due_at" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
ALTER INDEX "day_promise_idx" RENAME TO "day_due_idx";
ALTER INDEX "day_wanted_idx" RENAME TO "day_requested_idx";

-- By which settings the due times were computed is no pause.
CREATE TABLE "schedule" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "plan_key" TEXT,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "schedule_one_row" CHECK ("id" = 1)
);
INSERT INTO "schedule" ("plan_key") SELECT "plan_key" FROM "sync_control";
ALTER TABLE "sync_control" DROP COLUMN "plan_key";

ALTER TABLE "market_rates" RENAME TO "rate_model";
ALTER TABLE "rate_model" RENAME CONSTRAINT "market_rates_pkey" TO "rate_model_pkey";
ALTER TABLE "rate_model" RENAME CONSTRAINT "market_rates_one_row" TO "rate_model_one_row";
ALTER TABLE "rate_model" RENAME COLUMN "price" TO "shadow_price";
ALTER TABLE "rate_model" RENAME COLUMN "priced_at" TO "shadow_price_at";

-- A sync run and a minute of the charts were two tables of the same events.
ALTER TABLE "sync_run"
    ADD COLUMN "reads" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "hits" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "days" INTEGER,
    ADD COLUMN "fresh_days" INTEGER,
    ADD COLUMN "age_p50_seconds" DOUBLE PRECISION,
    ADD COLUMN "age_p95_seconds" DOUBLE PRECISION;
INSERT INTO "sync_run" ("instance", "started_at", "finished_at", "reads", "hits", "days", "fresh_days", "age_p50_seconds", "age_p95_seconds")
    SELECT '', "minute", "minute" + interval '1 minute', "reads", "hits", "days", "fresh_days", "age_p50_seconds", "age_p95_seconds"
    FROM "sync_minute";
DROP TABLE "sync_minute";
