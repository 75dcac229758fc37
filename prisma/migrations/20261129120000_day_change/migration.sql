-- The change feed: each new version of a day, and its removal, appended by the statement that records or removes.

-- In the order of its key it is read below the oldest running transaction. An id alone is taken before the commit, so a reader
-- that goes by ids would skip what commits late. No other index: appending is part of recording.
CREATE TABLE "day_change" (
    "xid" XID8 NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "experience_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "listed_before" BOOLEAN,
    "open_slots_before" INTEGER,
    "remaining_before" BIGINT,
    "final_price_before" DECIMAL,
    "original_price_before" DECIMAL,
    "discount_before" DECIMAL,
    "currency_code_before" TEXT,
    "listed_after" BOOLEAN,
    "open_slots_after" INTEGER,
    "remaining_after" BIGINT,
    "final_price_after" DECIMAL,
    "original_price_after" DECIMAL,
    "discount_after" DECIMAL,
    "currency_code_after" TEXT,

    CONSTRAINT "day_change_pkey" PRIMARY KEY ("xid", "id")
);

-- Which cursors are valid: those of this epoch, from the last deleted change on.
CREATE TABLE "change_feed" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" TEXT NOT NULL,
    "history" TEXT,
    "kept_xid" XID8 NOT NULL,
    "kept_id" BIGINT NOT NULL,

    CONSTRAINT "change_feed_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "change_feed_one_row" CHECK ("id" = 1)
);
-- What is recorded from here on is in the feed.
INSERT INTO "change_feed" ("epoch", "kept_xid", "kept_id")
    VALUES (left(md5(random()::text || clock_timestamp()::text), 8), pg_current_xact_id(), 0);
