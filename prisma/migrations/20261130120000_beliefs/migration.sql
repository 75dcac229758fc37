-- Whether the mirror still fills. It is computed with the next shadow price, within a minute.
ALTER TABLE "rate_model" ADD COLUMN "filling" BOOLEAN NOT NULL DEFAULT true;

-- How far ahead each experience is booked and read: its counts by bands of leads.
ALTER TABLE "experience_rates" ADD COLUMN "band_changes_seen" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[];
ALTER TABLE "experience_rates" ADD COLUMN "band_changes_expected" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[];
ALTER TABLE "experience_rates" ADD COLUMN "band_reads" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[];
