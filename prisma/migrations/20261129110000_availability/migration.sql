-- The slots of a day in short: what says who can book them, and for how much. Days that were recorded before have none until they
-- are confirmed; until then their documents are read.
ALTER TABLE "day" ADD COLUMN "short_slots" TEXT;
