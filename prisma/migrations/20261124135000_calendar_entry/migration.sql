-- A day as the calendar lists it, finished when the day changes, for it is read far oftener: putting 61 of them together
-- took PostgreSQL longer than reading them. Null: nothing to book, or nothing known.
-- Only what is immutable may stand here: not to_char, nor a concatenation of anything but text.
ALTER TABLE "day"
    ADD COLUMN "calendar_entry" TEXT GENERATED ALWAYS AS (
        CASE WHEN "open_slots" > 0 THEN
            '{"date":"' || lpad(extract(year FROM "date")::text, 4, '0') || '-' || lpad(extract(month FROM "date")::text, 2, '0')
                || '-' || lpad(extract(day FROM "date")::text, 2, '0')
                || '","price":{"finalPrice":' || "final_price"::text || ',"originalPrice":' || "original_price"::text
                || ',"discount":' || "discount"::text || ',"currencyCode":"' || "currency_code" || '"},"remaining":' || "remaining"::text
                || ',"slots":' || "open_slots"::text || '}'
        END
    ) STORED;
