-- claim: the days that were never fetched, the most valuable first. Suspect days may be worth more, and be many.
CREATE INDEX "day_first_idx" ON "day"("supplier", "refresh_value" DESC)
    WHERE "confirmed_at" IS NULL AND "refresh_value" IS NOT NULL AND "attempts" = 0 AND "empty_seen_at" IS NULL;
