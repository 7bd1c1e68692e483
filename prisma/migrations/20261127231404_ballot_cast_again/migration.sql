-- DropIndex
DROP INDEX "Ballot_meetingId_leaf_key";

-- AlterTable
ALTER TABLE "Ballot" ADD COLUMN     "repeat" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "Ballot_meetingId_leaf_repeat_key" ON "Ballot"("meetingId", "leaf", "repeat");
