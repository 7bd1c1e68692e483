-- CreateTable
CREATE TABLE "FundBooks" (
    "communityId" TEXT NOT NULL,
    "lastEntry" INTEGER NOT NULL DEFAULT 0,
    "lastPeriod" INTEGER NOT NULL DEFAULT 0,
    "lastBalances" INTEGER NOT NULL DEFAULT 0,
    "lastSettings" INTEGER NOT NULL DEFAULT 0,
    "closedTo" DATE,
    "lastRoll" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "FundBooks_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "FundEntry" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "fund" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "occurred" DATE,
    "narration" TEXT NOT NULL,
    "category" TEXT,
    "units" INTEGER NOT NULL DEFAULT 0,
    "unitsRoot" TEXT,
    "schedule" TEXT,
    "reverses" INTEGER,
    "reason" TEXT,
    "linked" INTEGER[],
    "documents" TEXT[],
    "author" TEXT,
    "confirmer" TEXT,
    "source" TEXT,
    "recordIndex" INTEGER NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "postedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundEntry_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "FundPosting" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "balanceFen" BIGINT NOT NULL,

    CONSTRAINT "FundPosting_pkey" PRIMARY KEY ("communityId","number","position")
);

-- CreateTable
CREATE TABLE "FundUnitPosting" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "building" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "balanceFen" BIGINT NOT NULL,

    CONSTRAINT "FundUnitPosting_pkey" PRIMARY KEY ("communityId","number","unit")
);

-- CreateTable
CREATE TABLE "FundSettings" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "topUpBelow" INTEGER NOT NULL,
    "topUpSource" TEXT NOT NULL,
    "negativeUnits" BOOLEAN NOT NULL,
    "negativeUnitsSource" TEXT,
    "incomeShare" JSONB,
    "author" TEXT NOT NULL,
    "confirmer" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundSettings_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "FundAccount" (
    "communityId" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "balanceFen" BIGINT NOT NULL,

    CONSTRAINT "FundAccount_pkey" PRIMARY KEY ("communityId","account")
);

-- CreateTable
CREATE TABLE "FundBuilding" (
    "communityId" TEXT NOT NULL,
    "fund" TEXT NOT NULL,
    "building" TEXT NOT NULL,
    "balanceFen" BIGINT NOT NULL,

    CONSTRAINT "FundBuilding_pkey" PRIMARY KEY ("communityId","fund","building")
);

-- CreateTable
CREATE TABLE "FundUnit" (
    "communityId" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "building" TEXT NOT NULL,
    "entrance" TEXT NOT NULL,
    "areaE4" BIGINT NOT NULL,
    "developer" BOOLEAN NOT NULL,
    "roll" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "depositedFen" BIGINT NOT NULL DEFAULT 0,
    "gainedFen" BIGINT NOT NULL DEFAULT 0,
    "usedFen" BIGINT NOT NULL DEFAULT 0,
    "sharedFen" BIGINT NOT NULL DEFAULT 0,
    "firstFen" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "FundUnit_pkey" PRIMARY KEY ("communityId","unit")
);

-- CreateIndex
CREATE INDEX "FundEntry_communityId_date_idx" ON "FundEntry"("communityId", "date");

-- CreateIndex
CREATE INDEX "FundEntry_communityId_fund_number_idx" ON "FundEntry"("communityId", "fund", "number");

-- CreateIndex
CREATE UNIQUE INDEX "FundEntry_communityId_reverses_key" ON "FundEntry"("communityId", "reverses");

-- CreateIndex
CREATE UNIQUE INDEX "FundEntry_communityId_source_key" ON "FundEntry"("communityId", "source");

-- CreateIndex
CREATE INDEX "FundPosting_communityId_account_number_idx" ON "FundPosting"("communityId", "account", "number");

-- CreateIndex
CREATE INDEX "FundUnitPosting_communityId_unit_number_idx" ON "FundUnitPosting"("communityId", "unit", "number");

-- CreateIndex
CREATE INDEX "FundUnit_communityId_building_idx" ON "FundUnit"("communityId", "building");

-- AddForeignKey
ALTER TABLE "FundPosting" ADD CONSTRAINT "FundPosting_communityId_number_fkey" FOREIGN KEY ("communityId", "number") REFERENCES "FundEntry"("communityId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
