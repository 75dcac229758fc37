-- Between which confirmations prices of an experience changed. A day may have been read for long after the first of several
-- changes, and only when the last one was seen was kept.
ALTER TABLE "experience_rates"
  ADD COLUMN "repricing_starts" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
  ADD COLUMN "repricing_ends" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[];
UPDATE "experience_rates" SET "repricing_starts" = ARRAY["repriced_at"], "repricing_ends" = ARRAY["repriced_at"]
WHERE "repriced_at" IS NOT NULL;
