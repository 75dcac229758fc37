-- The table of the feed itself, by its number in the catalogue of PostgreSQL: a dump that is restored into the same cluster makes
-- another one. Its transactions have numbers that were given before.
ALTER TABLE "change_feed" ADD COLUMN "relation" BIGINT;
