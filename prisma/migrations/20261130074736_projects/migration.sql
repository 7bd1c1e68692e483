-- CreateTable
CREATE TABLE "ProjectBooks" (
    "communityId" TEXT NOT NULL,
    "lastProject" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ProjectBooks_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "Project" (
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "route" TEXT NOT NULL,
    "meeting" INTEGER,
    "motion" INTEGER,
    "settled" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("communityId","number")
);

-- CreateTable
CREATE TABLE "ProjectStep" (
    "communityId" TEXT NOT NULL,
    "projectNumber" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "recordIndex" INTEGER NOT NULL,
    "recordLeaf" TEXT NOT NULL,

    CONSTRAINT "ProjectStep_pkey" PRIMARY KEY ("communityId","projectNumber","number")
);

-- CreateTable
CREATE TABLE "ProjectInvoice" (
    "communityId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "supplier" TEXT NOT NULL,
    "invoice" TEXT NOT NULL,
    "projectNumber" INTEGER NOT NULL,
    "milestone" INTEGER NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "recordIndex" INTEGER NOT NULL,

    CONSTRAINT "ProjectInvoice_pkey" PRIMARY KEY ("communityId","sha256")
);

-- CreateTable
CREATE TABLE "ProjectDocument" (
    "communityId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProjectDocument_pkey" PRIMARY KEY ("communityId","sha256")
);

-- CreateIndex
CREATE UNIQUE INDEX "Project_communityId_meeting_motion_key" ON "Project"("communityId", "meeting", "motion");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectStep_communityId_recordIndex_key" ON "ProjectStep"("communityId", "recordIndex");

-- CreateIndex
CREATE INDEX "ProjectInvoice_communityId_projectNumber_idx" ON "ProjectInvoice"("communityId", "projectNumber");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectInvoice_communityId_supplier_invoice_key" ON "ProjectInvoice"("communityId", "supplier", "invoice");

-- AddForeignKey
ALTER TABLE "ProjectStep" ADD CONSTRAINT "ProjectStep_communityId_projectNumber_fkey" FOREIGN KEY ("communityId", "projectNumber") REFERENCES "Project"("communityId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
