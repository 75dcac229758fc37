-- Subscriptions of resellers by OCTO's capability octo/notifications: webhooks that are sent OCTO's messages, with headers of the reseller's.
ALTER TABLE "webhook" ADD COLUMN "reseller" TEXT,
    ADD COLUMN "headers" TEXT[];
