-- Reads of each date, for its own demand and for the measured truth. Written in batches, only for dates that were read or
-- confirmed since the last batch. No index beside the key, and room on each page, so that updates stay on their page.
CREATE TABLE "day_reads" (
    "experience_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "reads" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "unjudged" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "unjudged_ahead" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "calendars_before" DOUBLE PRECISION,

    CONSTRAINT "day_reads_pkey" PRIMARY KEY ("experience_id", "date")
) WITH (fillfactor = 70);

-- With the day they are deleted.
ALTER TABLE "day_reads" ADD CONSTRAINT "day_reads_experience_id_date_fkey"
    FOREIGN KEY ("experience_id", "date") REFERENCES "day"("experience_id", "date") ON DELETE CASCADE ON UPDATE CASCADE;

-- A calendar is a read of all its dates. Counted here, a read of it writes one row instead of sixty.
ALTER TABLE "experience_rates" ADD COLUMN "calendar_reads" DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE "experience_rates" ADD COLUMN "calendars" DOUBLE PRECISION NOT NULL DEFAULT 0;
