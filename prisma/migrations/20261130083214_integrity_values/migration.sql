-- CreateTable
CREATE TABLE "IntegrityValues" (
    "communityId" TEXT NOT NULL,
    "record" INTEGER NOT NULL,
    "values" JSONB NOT NULL,

    CONSTRAINT "IntegrityValues_pkey" PRIMARY KEY ("communityId")
);
