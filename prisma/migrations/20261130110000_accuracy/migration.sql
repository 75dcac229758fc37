-- Whether reads saw the truth, as the next confirmations showed: sums by clock hour, supplier and lead, and by date and experience.
-- Added to in batches. The keys begin with the time, by which they are read and deleted.
CREATE TABLE "accuracy" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "supplier" TEXT COLLATE "C" NOT NULL,
    "band" SMALLINT NOT NULL,
    "reads" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "unchanged" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "measured" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "low" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "high" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "variance" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "expected" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "audits" INTEGER NOT NULL DEFAULT 0,
    "true_audits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "accuracy_pkey" PRIMARY KEY ("hour", "supplier", "band")
);

CREATE TABLE "experience_accuracy" (
    "date" DATE NOT NULL,
    "experience_id" INTEGER NOT NULL,
    "reads" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "unchanged" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "measured" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "low" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "high" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "variance" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "expected" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "experience_accuracy_pkey" PRIMARY KEY ("date", "experience_id")
);
