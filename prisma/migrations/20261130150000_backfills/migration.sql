-- Backfills: what was ordered, how far it is, and how it ended. The process that runs one writes it, every replica reads it.
CREATE TABLE "backfill" (
    "id" UUID NOT NULL,
    "experience_ids" INTEGER[],
    "date" DATE,
    "days" INTEGER NOT NULL,
    "progress" JSON NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "cancelled_by" TEXT,

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("id")
);
-- backfills: the last ones, newest first; retention
CREATE INDEX "backfill_started_at_idx" ON "backfill"("started_at");
