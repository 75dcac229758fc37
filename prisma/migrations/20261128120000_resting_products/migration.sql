-- Until when a product rests after a failure: nothing but single tries is asked of it. Null: it does not rest.
ALTER TABLE "product_health" ADD COLUMN "rest_until" TIMESTAMPTZ(3);
