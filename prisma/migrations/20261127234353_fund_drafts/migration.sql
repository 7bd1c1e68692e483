-- CreateEnum
CREATE TYPE "FundDraftState" AS ENUM ('waiting', 'done', 'withdrawn');

-- AlterTable
ALTER TABLE "FundEntry" ADD COLUMN     "moves" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "FundDraft" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "state" "FundDraftState" NOT NULL DEFAULT 'waiting',
    "action" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "preview" JSONB NOT NULL,
    "date" DATE,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "closedBy" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "result" JSONB,

    CONSTRAINT "FundDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FundPeriod" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "lastEntry" INTEGER NOT NULL,
    "funds" JSONB NOT NULL,
    "statement" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundPeriod_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "FundBalances" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "lastEntry" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundBalances_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "FundBalanceLeaf" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "building" TEXT NOT NULL,
    "depositedFen" BIGINT NOT NULL,
    "gainedFen" BIGINT NOT NULL,
    "usedFen" BIGINT NOT NULL,
    "balanceFen" BIGINT NOT NULL,
    "owedFen" BIGINT NOT NULL,

    CONSTRAINT "FundBalanceLeaf_pkey" PRIMARY KEY ("communityId","number","unit")
);

-- CreateTable
CREATE TABLE "FundCheck" (
    "communityId" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "lastEntry" INTEGER NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "checks" JSONB NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundCheck_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateIndex
CREATE INDEX "FundDraft_communityId_state_createdAt_idx" ON "FundDraft"("communityId", "state", "createdAt");
