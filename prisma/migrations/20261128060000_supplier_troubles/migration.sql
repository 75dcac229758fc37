-- Suppliers as they are: figures without bounds, answers that can be read in part, and whose trouble a failure is.

-- The views read whole numbers up to 2^53 - 1, and what a supplier leaves out is null.
DROP VIEW "pax_availability";
DROP VIEW "slot";
CREATE VIEW "slot" AS
SELECT
    d."experience_id",
    d."date",
    s.slot ->> 'providerSlotId' AS "provider_slot_id",
    (s.slot ->> 'variantId')::bigint AS "variant_id",
    s.slot ->> 'startTime' AS "start_time",
    s.slot ->> 'endTime' AS "end_time",
    (s.slot ->> 'remaining')::bigint AS "remaining",
    s.slot -> 'price' ->> 'currencyCode' AS "currency_code",
    (s.slot -> 'price' ->> 'finalPrice')::numeric AS "final_price",
    (s.slot -> 'price' ->> 'originalPrice')::numeric AS "original_price",
    (s.slot -> 'price' ->> 'discount')::numeric AS "discount",
    d."confirmed_at"
FROM "day" d
CROSS JOIN LATERAL json_array_elements(d."slots") AS s(slot);
CREATE VIEW "pax_availability" AS
SELECT
    d."experience_id",
    d."date",
    s.slot ->> 'providerSlotId' AS "provider_slot_id",
    (s.slot ->> 'variantId')::bigint AS "variant_id",
    p.position::integer AS "position",
    p.pax ->> 'type' AS "type",
    p.pax ->> 'name' AS "name",
    p.pax ->> 'description' AS "description",
    (p.pax ->> 'isPrimary')::boolean AS "is_primary",
    (p.pax ->> 'min')::bigint AS "min",
    (p.pax ->> 'max')::bigint AS "max",
    (p.pax ->> 'remaining')::bigint AS "remaining",
    p.pax -> 'price' ->> 'currencyCode' AS "currency_code",
    (p.pax -> 'price' ->> 'finalPrice')::numeric AS "final_price",
    (p.pax -> 'price' ->> 'originalPrice')::numeric AS "original_price",
    (p.pax -> 'price' ->> 'discount')::numeric AS "discount"
FROM "day" d
CROSS JOIN LATERAL json_array_elements(d."slots") AS s(slot)
CROSS JOIN LATERAL json_array_elements(s.slot -> 'paxAvailability') WITH ORDINALITY AS p(pax, position);

-- A day as the calendar lists it is written by the application, which knows what can be booked and until when.
ALTER TABLE "day" ALTER COLUMN "calendar_entry" DROP EXPRESSION;
ALTER TABLE "day"
    -- The summary as it will be when slots have closed one after the other, JSON text; null: nothing can be booked.
    ADD COLUMN "closings" TEXT,
    -- Slots of the last answer that could not be read, and what else was odd about it.
    ADD COLUMN "dropped_slots" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "oddities" JSON,
    -- What its failures in a row are, and since when.
    ADD COLUMN "failure_kind" TEXT,
    ADD COLUMN "failing_since" TIMESTAMPTZ(3);
UPDATE "day" SET "failure_kind" = split_part("last_error", ':', 1), "failing_since" = "failed_at" WHERE "attempts" > 0;
-- status: the days with odd answers
CREATE INDEX "day_oddities_idx" ON "day"("experience_id") WHERE "oddities" IS NOT NULL;

-- Products whose requests fail although the supplier answers.
CREATE TABLE "product_health" (
    "experience_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "failing_since" TIMESTAMPTZ(3) NOT NULL,
    "last_failed_at" TIMESTAMPTZ(3) NOT NULL,
    -- In a row, without a list of slots between them.
    "failures" INTEGER NOT NULL,
    -- So many that none of its days is asked for but one now and then.
    "held" BOOLEAN NOT NULL,
    -- When one of its failing days may be tried again, and how often that was done in vain.
    "retry_at" TIMESTAMPTZ(3) NOT NULL,
    "retries" INTEGER NOT NULL,
    -- When it last answered with a list; null: not that we know of.
    "answered_at" TIMESTAMPTZ(3),
    -- When its failing days were last tried again all at once.
    "forgiven_at" TIMESTAMPTZ(3),

    CONSTRAINT "product_health_pkey" PRIMARY KEY ("experience_id"),
    CONSTRAINT "product_health_experience_id_fkey" FOREIGN KEY ("experience_id") REFERENCES "experience"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- claim: the products that may be tried again
CREATE INDEX "product_health_retry_idx" ON "product_health"("retry_at");

ALTER TABLE "supplier_budget"
    -- When the supplier last asked us to wait, for how long, and its words: a block is believed no longer than that.
    ADD COLUMN "blocked_at" TIMESTAMPTZ(3),
    ADD COLUMN "blocked_ms" DOUBLE PRECISION,
    ADD COLUMN "refusal" TEXT,
    -- What the last of its failures was.
    ADD COLUMN "failure_kind" TEXT,
    ADD COLUMN "failure" TEXT,
    -- Answers in a row of which none was a list of slots; the first of them, the products, and what the last one was.
    ADD COLUMN "unusable" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "unusable_since" TIMESTAMPTZ(3),
    ADD COLUMN "unusable_products" INTEGER[],
    ADD COLUMN "unusable_kind" TEXT,
    ADD COLUMN "unusable_detail" TEXT,
    -- When it last came out of any of these.
    ADD COLUMN "recovered_at" TIMESTAMPTZ(3);
UPDATE "supplier_budget" SET "blocked_at" = now(), "blocked_ms" = extract(epoch FROM "blocked_until" - now()) * 1000
    WHERE "blocked_until" > now();

-- When stored instants were found to lie further ahead than anything sets them, and what was done.
ALTER TABLE "sync_control"
    ADD COLUMN "clamped_at" TIMESTAMPTZ(3),
    ADD COLUMN "clamped" TEXT;
