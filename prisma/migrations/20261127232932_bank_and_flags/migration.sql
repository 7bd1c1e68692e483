-- CreateTable
CREATE TABLE "BankBooks" (
    "communityId" TEXT NOT NULL,
    "lastAccount" INTEGER NOT NULL DEFAULT 0,
    "lastReconciliation" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BankBooks_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "BankAccount" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "fund" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tail" TEXT NOT NULL,
    "account" BYTEA NOT NULL,
    "lastStatement" INTEGER NOT NULL DEFAULT 0,
    "lastLine" INTEGER NOT NULL DEFAULT 0,
    "closingFen" BIGINT,
    "closedOn" DATE,
    "mapping" JSONB,
    "openedBy" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BankAccount_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "BankStatement" (
    "communityId" TEXT NOT NULL,
    "accountNumber" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "openingFen" BIGINT NOT NULL,
    "closingFen" BIGINT NOT NULL,
    "openingSource" TEXT NOT NULL,
    "closingSource" TEXT NOT NULL,
    "firstLine" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "repeated" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "importedBy" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BankStatement_pkey" PRIMARY KEY ("communityId","accountNumber","number")
);

-- CreateTable
CREATE TABLE "BankLine" (
    "communityId" TEXT NOT NULL,
    "accountNumber" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "statement" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "valueDate" DATE,
    "amountFen" BIGINT NOT NULL,
    "balanceFen" BIGINT,
    "sealed" TEXT NOT NULL,
    "organisation" TEXT,
    "details" BYTEA NOT NULL,
    "reconciliation" INTEGER,

    CONSTRAINT "BankLine_pkey" PRIMARY KEY ("communityId","accountNumber","number")
);

-- CreateTable
CREATE TABLE "BankReconciliation" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "accountNumber" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "lines" INTEGER[],
    "entries" INTEGER[],
    "sumFen" BIGINT NOT NULL,
    "reason" TEXT,
    "undoes" INTEGER,
    "by" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BankReconciliation_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "BankSettledEntry" (
    "communityId" TEXT NOT NULL,
    "entry" INTEGER NOT NULL,
    "reconciliation" INTEGER NOT NULL,

    CONSTRAINT "BankSettledEntry_pkey" PRIMARY KEY ("communityId","entry")
);

-- CreateTable
CREATE TABLE "BankOrganisation" (
    "communityId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "markedBy" TEXT NOT NULL,
    "markedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BankOrganisation_pkey" PRIMARY KEY ("communityId","name")
);

-- CreateTable
CREATE TABLE "FlagBooks" (
    "communityId" TEXT NOT NULL,
    "lastFlag" INTEGER NOT NULL DEFAULT 0,
    "lastAnswer" INTEGER NOT NULL DEFAULT 0,
    "parameters" JSONB,

    CONSTRAINT "FlagBooks_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "FundFlag" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "formula" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "inputs" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundFlag_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "FundFlagAnswer" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "flagNumber" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "documents" TEXT[],
    "by" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FundFlagAnswer_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateIndex
CREATE INDEX "BankLine_communityId_accountNumber_date_idx" ON "BankLine"("communityId", "accountNumber", "date");

-- CreateIndex
CREATE INDEX "BankLine_communityId_reconciliation_idx" ON "BankLine"("communityId", "reconciliation");

-- CreateIndex
CREATE UNIQUE INDEX "BankLine_communityId_accountNumber_identity_key" ON "BankLine"("communityId", "accountNumber", "identity");

-- CreateIndex
CREATE UNIQUE INDEX "BankReconciliation_communityId_undoes_key" ON "BankReconciliation"("communityId", "undoes");

-- CreateIndex
CREATE INDEX "BankSettledEntry_communityId_reconciliation_idx" ON "BankSettledEntry"("communityId", "reconciliation");

-- CreateIndex
CREATE UNIQUE INDEX "FundFlag_communityId_key_key" ON "FundFlag"("communityId", "key");

-- AddForeignKey
ALTER TABLE "BankStatement" ADD CONSTRAINT "BankStatement_communityId_accountNumber_fkey" FOREIGN KEY ("communityId", "accountNumber") REFERENCES "BankAccount"("communityId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FundFlagAnswer" ADD CONSTRAINT "FundFlagAnswer_communityId_flagNumber_fkey" FOREIGN KEY ("communityId", "flagNumber") REFERENCES "FundFlag"("communityId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
