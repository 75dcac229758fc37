-- Whether the mirror still fills. It is computed with the next shadow price, within a minute.
ALTER TABLE rate_model ADD COLUMN filling boolean NOT NULL DEFAULT true;
