-- CreateEnum
CREATE TYPE "FundActState" AS ENUM ('proposed', 'sending', 'done', 'refused');

-- CreateEnum
CREATE TYPE "FundClaimState" AS ENUM ('submitting', 'submitted', 'accepted', 'releasing', 'paid', 'rejected', 'withdrawn', 'refused');

-- AlterTable
ALTER TABLE "ProjectBooks" ADD COLUMN     "lastPayment" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ProjectStep" ADD COLUMN     "proposalId" UUID;

-- CreateTable
CREATE TABLE "FundAct" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "FundActState" NOT NULL DEFAULT 'proposed',
    "message" JSONB NOT NULL,
    "terms" JSONB,
    "projectNumber" INTEGER,
    "claimId" UUID,
    "record" TEXT,
    "recordLeaf" TEXT NOT NULL,
    "recordIndex" INTEGER,
    "proposalId" UUID,
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneIn" TEXT,

    CONSTRAINT "FundAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FundReservation" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "projectNumber" INTEGER NOT NULL,
    "fund" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "paidFen" BIGINT NOT NULL DEFAULT 0,
    "approvals" INTEGER NOT NULL,
    "settled" BOOLEAN NOT NULL DEFAULT false,
    "reservedIn" TEXT NOT NULL,

    CONSTRAINT "FundReservation_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "FundClaim" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "reservationNumber" INTEGER NOT NULL,
    "projectNumber" INTEGER NOT NULL,
    "milestone" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "FundClaimState" NOT NULL DEFAULT 'submitting',
    "amountFen" BIGINT NOT NULL,
    "invoice" TEXT NOT NULL,
    "invoiceLeaf" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "submittedIn" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "payment" INTEGER,
    "entry" INTEGER,
    "paidIn" TEXT,

    CONSTRAINT "FundClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FundApproval" (
    "claimId" UUID NOT NULL,
    "officer" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundApproval_pkey" PRIMARY KEY ("claimId","officer")
);

-- CreateIndex
CREATE INDEX "FundAct_communityId_state_idx" ON "FundAct"("communityId", "state");

-- CreateIndex
CREATE INDEX "FundAct_communityId_projectNumber_idx" ON "FundAct"("communityId", "projectNumber");

-- CreateIndex
CREATE UNIQUE INDEX "FundReservation_communityId_projectNumber_key" ON "FundReservation"("communityId", "projectNumber");

-- CreateIndex
CREATE INDEX "FundClaim_communityId_projectNumber_idx" ON "FundClaim"("communityId", "projectNumber");

-- CreateIndex
CREATE UNIQUE INDEX "FundClaim_communityId_payment_key" ON "FundClaim"("communityId", "payment");

-- AddForeignKey
ALTER TABLE "FundClaim" ADD CONSTRAINT "FundClaim_communityId_reservationNumber_fkey" FOREIGN KEY ("communityId", "reservationNumber") REFERENCES "FundReservation"("communityId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FundApproval" ADD CONSTRAINT "FundApproval_claimId_fkey" FOREIGN KEY ("claimId") REFERENCES "FundClaim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
