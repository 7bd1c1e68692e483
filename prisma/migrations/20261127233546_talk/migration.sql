-- CreateEnum
CREATE TYPE "TalkKind" AS ENUM ('question', 'objection', 'answer');

-- CreateTable
CREATE TABLE "Talk" (
    "communityId" TEXT NOT NULL,
    "record" INTEGER NOT NULL,
    "meetingId" UUID NOT NULL,
    "kind" "TalkKind" NOT NULL,
    "sealed" TEXT NOT NULL,
    "to" INTEGER,
    "office" TEXT,
    "voter" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Talk_pkey" PRIMARY KEY ("communityId","record")
);

-- CreateIndex
CREATE INDEX "Talk_meetingId_record_idx" ON "Talk"("meetingId", "record");

-- AddForeignKey
ALTER TABLE "Talk" ADD CONSTRAINT "Talk_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
