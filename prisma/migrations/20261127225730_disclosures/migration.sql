-- CreateTable
CREATE TABLE "Disclosure" (
    "communityId" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "salt" TEXT,
    "value" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "redactedBy" INTEGER,

    CONSTRAINT "Disclosure_pkey" PRIMARY KEY ("communityId","sealed")
);
