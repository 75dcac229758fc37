-- What to ask for next is decided by what a request is worth: a day has a place among the days of like terms, and what is
-- learned of changes and reads is shared by all replicas.

ALTER TABLE "day"
    ADD COLUMN "last_start" TEXT,
    ADD COLUMN "tempo" SMALLINT NOT NULL DEFAULT 18,
    ADD COLUMN "turn" DOUBLE PRECISION,
    ADD COLUMN "wanted_at" TIMESTAMPTZ(3);

-- Days that fail wait for their retry in an index of their own, so that they never stand before those that answer.
DROP INDEX "day_due_idx";
-- claim: the days whose promise is about to break, first the one that breaks first; those never asked for have no promise yet
CREATE INDEX "day_promise_idx" ON "day"("due_at", "experience_id")
    WHERE "attempts" = 0 AND "empty_seen_at" IS NULL AND "confirmed_at" IS NOT NULL;
-- claim: the days to be tried again
CREATE INDEX "day_retry_idx" ON "day"("due_at", "experience_id") WHERE "attempts" > 0 OR "empty_seen_at" IS NOT NULL;
-- claim: the days of each tempo, first the one that is worth a request first
CREATE INDEX "day_turn_idx" ON "day"("tempo", "turn") WHERE "turn" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that were confirmed longest ago
CREATE INDEX "day_oldest_idx" ON "day"("confirmed_at") WHERE "turn" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
-- claim: the days that readers wait for
CREATE INDEX "day_wanted_idx" ON "day"("wanted_at") WHERE "wanted_at" IS NOT NULL;

-- What was learned of one experience. Counts fade; they are those of the instant `as_of`.
CREATE TABLE "experience_rates" (
    "experience_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changes_seen" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "changes_expected" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "reads" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "repriced_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "planned_demand" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "planned_multiplier" DOUBLE PRECISION NOT NULL DEFAULT 1,

    CONSTRAINT "experience_rates_pkey" PRIMARY KEY ("experience_id"),
    CONSTRAINT "experience_rates_experience_id_fkey" FOREIGN KEY ("experience_id") REFERENCES "experience"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- replanning: the experience that was planned longest ago
CREATE INDEX "experience_rates_planned_idx" ON "experience_rates"("planned_at");

INSERT INTO "experience_rates" ("experience_id") SELECT "id" FROM "experience";

-- One row: what was learned of all experiences together. Counts fade; they are those of the instant `as_of`.
CREATE TABLE "market_rates" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "as_of" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "counts" JSONB NOT NULL,
    "price" DOUBLE PRECISION,
    "priced_at" TIMESTAMPTZ(3),

    CONSTRAINT "market_rates_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "market_rates_one_row" CHECK ("id" = 1)
);

INSERT INTO "market_rates" ("counts") VALUES ('{}');
