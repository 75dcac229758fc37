-- Several suppliers, each with a queue, rates and a budget of its own. What is there so far is Leap's.

-- Its own pause.
CREATE TABLE "supplier" (
    "name" TEXT COLLATE "C" NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" TEXT,
    "pause_reason" TEXT,
    "paused_until" TIMESTAMPTZ(3),
    "since" TIMESTAMPTZ(3),

    CONSTRAINT "supplier_pkey" PRIMARY KEY ("name")
);

-- The supplier's ids of what an experience mirrors. Leap's product number is also ours.
ALTER TABLE "experience"
    ADD COLUMN "supplier" TEXT COLLATE "C" NOT NULL DEFAULT 'leap',
    ADD COLUMN "product" TEXT,
    ADD COLUMN "option" TEXT;
UPDATE "experience" SET "product" = "id"::text;
ALTER TABLE "experience" ALTER COLUMN "product" SET NOT NULL;
ALTER TABLE "experience" ALTER COLUMN "supplier" DROP DEFAULT;
-- adding: an option is mirrored once
CREATE UNIQUE INDEX "experience_product_idx" ON "experience"("supplier", "product", coalesce("option", ''));

-- The supplier of a day never changes. It stands first in each index that claims read, so that the queues of suppliers do
-- not slow each other.
ALTER TABLE "day" ADD COLUMN "supplier" TEXT COLLATE "C" NOT NULL DEFAULT 'leap';
ALTER TABLE "day" ALTER COLUMN "supplier" DROP DEFAULT;
-- The supplier said that the day may have changed.
ALTER TABLE "day" ADD COLUMN "hinted_at" TIMESTAMPTZ(3);
DROP INDEX "day_due_idx";
DROP INDEX "day_retry_idx";
DROP INDEX "day_refresh_at_idx";
DROP INDEX "day_refresh_value_idx";
DROP INDEX "day_max_age_idx";
DROP INDEX "day_requested_idx";
-- claim: the days that are about to reach the max age of their tier
CREATE INDEX "day_due_idx" ON "day"("supplier", "due_at", "experience_id")
    WHERE "attempts" = 0 AND "empty_seen_at" IS NULL AND "confirmed_at" IS NOT NULL;
-- claim: the days to be tried again
CREATE INDEX "day_retry_idx" ON "day"("supplier", "due_at", "experience_id")
    WHERE "attempts" > 0 OR "empty_seen_at" IS NOT NULL;
-- claim: the days of each interval class, first the one that is worth a request first
CREATE INDEX "day_refresh_at_idx" ON "day"("supplier", "interval_class", "refresh_at")
    WHERE "refresh_at" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days with a stale probability, the most valuable first
CREATE INDEX "day_refresh_value_idx" ON "day"("supplier", "refresh_value" DESC)
    WHERE "refresh_value" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that were confirmed longest ago
CREATE INDEX "day_max_age_idx" ON "day"("supplier", "confirmed_at")
    WHERE "due_at" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that may have changed, by a notification of the supplier
CREATE INDEX "day_hinted_idx" ON "day"("supplier", "hinted_at") WHERE "hinted_at" IS NOT NULL;
-- claim: the days that readers wait for
CREATE INDEX "day_requested_idx" ON "day"("supplier", "requested_at") WHERE "requested_at" IS NOT NULL;

ALTER TABLE "experience_rates" ADD COLUMN "supplier" TEXT COLLATE "C" NOT NULL DEFAULT 'leap';
ALTER TABLE "experience_rates" ALTER COLUMN "supplier" DROP DEFAULT;
DROP INDEX "experience_rates_planned_idx";
-- replanning: the experience that was planned longest ago
CREATE INDEX "experience_rates_planned_idx" ON "experience_rates"("supplier", "planned_at");

-- One row per supplier.
ALTER TABLE "rate_model" DROP CONSTRAINT "rate_model_one_row";
ALTER TABLE "rate_model" ADD COLUMN "supplier" TEXT COLLATE "C" NOT NULL DEFAULT 'leap';
ALTER TABLE "rate_model" ALTER COLUMN "supplier" DROP DEFAULT;
ALTER TABLE "rate_model" DROP CONSTRAINT "rate_model_pkey";
ALTER TABLE "rate_model" DROP COLUMN "id";
ALTER TABLE "rate_model" ADD CONSTRAINT "rate_model_pkey" PRIMARY KEY ("supplier");
