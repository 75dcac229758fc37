-- One row per minute: the charts. All replicas add to it.
CREATE TABLE "sync_minute" (
    "minute" TIMESTAMPTZ(3) NOT NULL PRIMARY KEY,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "reads" BIGINT NOT NULL DEFAULT 0,
    "hits" BIGINT NOT NULL DEFAULT 0,
    -- Null: nobody looked in that minute.
    "days" INTEGER,
    "fresh_days" INTEGER,
    "age_p50_seconds" DOUBLE PRECISION,
    "age_p95_seconds" DOUBLE PRECISION
);
