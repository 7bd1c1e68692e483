-- AlterTable
ALTER TABLE "Head" ADD COLUMN     "failedAt" TIMESTAMPTZ(3),
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0;

-- Every attempt has its own reference from now on.
UPDATE "ChainCall" SET "ref" = "ref" || ':0' WHERE "kind" = 'anchorHead';
