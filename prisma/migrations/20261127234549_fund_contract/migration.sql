-- AlterEnum
ALTER TYPE "DeploymentState" ADD VALUE 'fund';

-- AlterTable
ALTER TABLE "Community" ADD COLUMN     "fund" TEXT;

-- AlterTable
ALTER TABLE "Deployment" ADD COLUMN     "fund" TEXT;

-- CreateTable
CREATE TABLE "PayeeAccount" (
    "communityId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PayeeAccount_pkey" PRIMARY KEY ("communityId","hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "PayeeAccount_communityId_fingerprint_key" ON "PayeeAccount"("communityId", "fingerprint");
