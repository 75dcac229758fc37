-- Until when a product rests after a failure: nothing but single tries is asked of it. Null: it does not rest.
ALTER TABLE "product_health" ADD COLUMN "rest_until" TIMESTAMPTZ(3);
-- When it last listed slots of a date of which it had said that there is nothing. Null: not that we know of.
ALTER TABLE "product_health" ADD COLUMN "refuted_at" TIMESTAMPTZ(3);
