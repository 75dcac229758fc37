-- A product of the partner that we mirror.
CREATE TABLE "experience" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    "time_zone" TEXT,
    "paused_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened_until" DATE,

    CONSTRAINT "experience_pkey" PRIMARY KEY ("id")
);

-- opening of days: which experiences of a zone lack some
CREATE INDEX "experience_opened_idx" ON "experience"("time_zone", "opened_until");

-- One experience on one local date: document, summary for the calendar, life in the sync.
CREATE TABLE "day" (
    "experience_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "slots" JSON,
    "fingerprint" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3),
    "stale_after" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "open_slots" INTEGER,
    "remaining" BIGINT,
    "final_price" DECIMAL,
    "original_price" DECIMAL,
    "discount" DECIMAL,
    "currency_code" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "leased_by" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    "empty_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "day_pkey" PRIMARY KEY ("experience_id", "date"),
    CONSTRAINT "day_experience_id_fkey" FOREIGN KEY ("experience_id") REFERENCES "experience"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    -- A document never stands without what tells how old it is and what it holds.
    CONSTRAINT "day_whole" CHECK (("slots" IS NULL) = ("confirmed_at" IS NULL) AND ("slots" IS NULL) = ("fingerprint" IS NULL)
        AND ("slots" IS NULL) = ("open_slots" IS NULL) AND ("slots" IS NULL) = ("changed_at" IS NULL))
);

-- claim: the days that are due, most overdue first
CREATE INDEX "day_due_idx" ON "day"("due_at", "experience_id");
-- claim: the days never asked for, nearest first, also before their first deadline
CREATE INDEX "day_unasked_idx" ON "day"("due_at", "experience_id") WHERE "confirmed_at" IS NULL AND "attempts" = 0;
-- status: the days that fail, last failure first
CREATE INDEX "day_failing_idx" ON "day"("failed_at") WHERE "attempts" > 0;

-- One row: may we ask at all?
CREATE TABLE "sync_control" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" TEXT,
    "reason" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "plan_key" TEXT,

    CONSTRAINT "sync_control_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sync_control_one_row" CHECK ("id" = 1)
);

INSERT INTO "sync_control" DEFAULT VALUES;

-- One row per supplier: how often may we ask?
CREATE TABLE "supplier_budget" (
    "supplier" TEXT NOT NULL,
    "next_at_ms" DOUBLE PRECISION NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "granted" INTEGER NOT NULL DEFAULT 0,
    "granted_before" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "supplier_budget_pkey" PRIMARY KEY ("supplier")
);

-- What a pass of the sync did.
CREATE TABLE "sync_run" (
    "id" BIGSERIAL NOT NULL,
    "instance" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "requested" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- status: the last runs; retention: the old ones
CREATE INDEX "sync_run_started_idx" ON "sync_run"("started_at");

-- The documents spread into rows, for analysts. Read-only.
CREATE VIEW "slot" AS
SELECT
    d."experience_id",
    d."date",
    s.slot ->> 'providerSlotId' AS "provider_slot_id",
    (s.slot ->> 'variantId')::integer AS "variant_id",
    s.slot ->> 'startTime' AS "start_time",
    s.slot ->> 'endTime' AS "end_time",
    (s.slot ->> 'remaining')::integer AS "remaining",
    s.slot -> 'price' ->> 'currencyCode' AS "currency_code",
    (s.slot -> 'price' ->> 'finalPrice')::numeric AS "final_price",
    (s.slot -> 'price' ->> 'originalPrice')::numeric AS "original_price",
    (s.slot -> 'price' ->> 'discount')::numeric AS "discount",
    d."confirmed_at"
FROM "day" d
CROSS JOIN LATERAL json_array_elements(d."slots") AS s(slot);

-- The pax types of each slot as rows, for analysts. Read-only.
CREATE VIEW "pax_availability" AS
SELECT
    d."experience_id",
    d."date",
    s.slot ->> 'providerSlotId' AS "provider_slot_id",
    p.position::integer AS "position",
    p.pax ->> 'type' AS "type",
    p.pax ->> 'name' AS "name",
    p.pax ->> 'description' AS "description",
    (p.pax ->> 'isPrimary')::boolean AS "is_primary",
    (p.pax ->> 'min')::integer AS "min",
    (p.pax ->> 'max')::integer AS "max",
    (p.pax ->> 'remaining')::integer AS "remaining",
    p.pax -> 'price' ->> 'currencyCode' AS "currency_code",
    (p.pax -> 'price' ->> 'finalPrice')::numeric AS "final_price",
    (p.pax -> 'price' ->> 'originalPrice')::numeric AS "original_price",
    (p.pax -> 'price' ->> 'discount')::numeric AS "discount"
FROM "day" d
CROSS JOIN LATERAL json_array_elements(d."slots") AS s(slot)
CROSS JOIN LATERAL json_array_elements(s.slot -> 'paxAvailability') WITH ORDINALITY AS p(pax, position);
