-- AlterTable
ALTER TABLE "Batch" ADD COLUMN     "failedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "failedAt" TIMESTAMPTZ(3);
