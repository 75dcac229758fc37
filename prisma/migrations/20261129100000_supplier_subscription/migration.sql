-- The subscription to a supplier's notifications, made by ourselves.
ALTER TABLE "supplier"
    ADD COLUMN "subscription_id" TEXT,
    ADD COLUMN "subscription_for" TEXT,
    ADD COLUMN "subscription_stage" TEXT,
    ADD COLUMN "subscription_since" TIMESTAMPTZ(3),
    ADD COLUMN "subscription_due_at" TIMESTAMPTZ(3),
    ADD COLUMN "subscription_leased_until" TIMESTAMPTZ(3),
    ADD COLUMN "subscription_failures" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "subscription_error" TEXT,
    ADD COLUMN "hinted_at" TIMESTAMPTZ(3);
