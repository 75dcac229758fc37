-- What an operator does, and what they are shown.

-- A pause may end by itself. `paused_until` null: it lasts until someone resumes.
ALTER TABLE "sync_control" ADD COLUMN "paused_until" TIMESTAMPTZ(3);
ALTER TABLE "experience"
    ADD COLUMN "paused_by" TEXT,
    ADD COLUMN "pause_reason" TEXT,
    ADD COLUMN "paused_until" TIMESTAMPTZ(3);

-- What was removed on purpose is not put back by the settings at the next start.
CREATE TABLE "removed_experience" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "removed_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_by" TEXT NOT NULL
);

-- Who did what. Never updated; kept for AUDIT_DAYS.
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "experience_id" INTEGER,
    "detail" JSON,
    "request_id" TEXT
);
-- deleting what is too old: at
CREATE INDEX "audit_entry_at_idx" ON "audit_entry" ("at");
-- listing the trail of one experience: experience_id, id
CREATE INDEX "audit_entry_experience_idx" ON "audit_entry" ("experience_id", "id");
