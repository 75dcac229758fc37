-- What the partner taught us of how often it may be asked, shared by all replicas and kept across restarts.
ALTER TABLE "supplier_budget"
    -- The share of the budget that is used, and since when it grows again.
    ADD COLUMN "refused_at" TIMESTAMPTZ(3),
    ADD COLUMN "share" DOUBLE PRECISION NOT NULL DEFAULT 1,
    ADD COLUMN "share_since" TIMESTAMPTZ(3),
    -- What the partner said that it still takes.
    ADD COLUMN "quota_remaining" INTEGER,
    ADD COLUMN "quota_reset_at" TIMESTAMPTZ(3),
    ADD COLUMN "quota_seen_at" TIMESTAMPTZ(3),
    -- The circuit: failures in a row, and what they led to.
    ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "failing_since" TIMESTAMPTZ(3),
    ADD COLUMN "last_failed_at" TIMESTAMPTZ(3),
    ADD COLUMN "failing" INTEGER[],
    ADD COLUMN "openings" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "open_until" TIMESTAMPTZ(3),
    ADD COLUMN "probe_until" TIMESTAMPTZ(3);
