-- CreateEnum
CREATE TYPE "SeatState" AS ENUM ('invited', 'claimed', 'confirmed', 'appointed', 'withdrawn');

-- AlterEnum
ALTER TYPE "EnrolmentState" ADD VALUE 'refused';

-- AlterTable
ALTER TABLE "Enrolment" ADD COLUMN     "form" INTEGER;

-- CreateTable
CREATE TABLE "DeskAct" (
    "id" UUID NOT NULL,
    "rollId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "officer" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "voters" INTEGER[],
    "reason" TEXT,

    CONSTRAINT "DeskAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Founding" (
    "communityId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "buildings" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "foundedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Founding_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "OfficerSeat" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" INTEGER NOT NULL,
    "state" "SeatState" NOT NULL DEFAULT 'invited',
    "codeHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT,
    "signer" TEXT,
    "keyId" TEXT,
    "claimedAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),
    "proposalId" UUID,

    CONSTRAINT "OfficerSeat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DeskAct_rollId_at_idx" ON "DeskAct"("rollId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "OfficerSeat_codeHash_key" ON "OfficerSeat"("codeHash");

-- CreateIndex
CREATE INDEX "OfficerSeat_communityId_createdAt_idx" ON "OfficerSeat"("communityId", "createdAt");

-- AddForeignKey
ALTER TABLE "DeskAct" ADD CONSTRAINT "DeskAct_rollId_fkey" FOREIGN KEY ("rollId") REFERENCES "Roll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
