-- Since when a supplier refuses one request after another: the status names it, and each refusal has only its own instant.
ALTER TABLE "supplier_budget" ADD COLUMN "refused_since" TIMESTAMPTZ(3);
