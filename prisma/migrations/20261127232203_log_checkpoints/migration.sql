-- AlterTable
ALTER TABLE "Head" ADD COLUMN     "checkpoint" TEXT;

-- CreateTable
CREATE TABLE "Cosignature" (
    "communityId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Cosignature_pkey" PRIMARY KEY ("communityId","size","key")
);

-- CreateTable
CREATE TABLE "HeadTimestamp" (
    "communityId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "authority" TEXT NOT NULL,
    "response" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HeadTimestamp_pkey" PRIMARY KEY ("communityId","size","authority")
);
