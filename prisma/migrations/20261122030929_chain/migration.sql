-- CreateEnum
CREATE TYPE "CallState" AS ENUM ('waiting', 'sent', 'mined', 'failed');

-- CreateEnum
CREATE TYPE "TransactionState" AS ENUM ('waiting', 'sent', 'mined', 'refused');

-- CreateEnum
CREATE TYPE "DeploymentState" AS ENUM ('registry', 'anchor', 'assembly', 'binding', 'done', 'failed');

-- CreateTable
CREATE TABLE "ChainCall" (
    "id" BIGSERIAL NOT NULL,
    "communityId" TEXT NOT NULL,
    "contract" TEXT NOT NULL,
    "functionName" TEXT NOT NULL,
    "to" TEXT,
    "data" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "state" "CallState" NOT NULL DEFAULT 'waiting',
    "reverts" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,
    "enqueuedAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "ChainCall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChainTransaction" (
    "id" BIGSERIAL NOT NULL,
    "hash" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "sender" TEXT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "relayer" TEXT,
    "callId" BIGINT,
    "state" "TransactionState" NOT NULL,
    "journaledAt" TIMESTAMPTZ(3) NOT NULL,
    "blockNumber" BIGINT,
    "position" INTEGER,
    "blockHash" TEXT,
    "succeeded" BOOLEAN,
    "gasUsed" BIGINT,
    "final" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ChainTransaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChainBlock" (
    "number" BIGINT NOT NULL,
    "timestamp" BIGINT NOT NULL,
    "hash" TEXT,

    CONSTRAINT "ChainBlock_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "ChainIncident" (
    "id" BIGSERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChainIncident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Deployment" (
    "communityId" TEXT NOT NULL,
    "state" "DeploymentState" NOT NULL DEFAULT 'registry',
    "officers" JSONB NOT NULL,
    "registry" TEXT,
    "anchor" TEXT,
    "assembly" TEXT,
    "failure" JSONB,

    CONSTRAINT "Deployment_pkey" PRIMARY KEY ("communityId")
);

-- CreateIndex
CREATE INDEX "ChainCall_state_id_idx" ON "ChainCall"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ChainCall_kind_ref_key" ON "ChainCall"("kind", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "ChainTransaction_hash_key" ON "ChainTransaction"("hash");

-- CreateIndex
CREATE INDEX "ChainTransaction_blockNumber_position_idx" ON "ChainTransaction"("blockNumber", "position");

-- CreateIndex
CREATE INDEX "ChainTransaction_state_id_idx" ON "ChainTransaction"("state", "id");

-- CreateIndex
CREATE INDEX "ChainTransaction_callId_idx" ON "ChainTransaction"("callId");

-- CreateIndex
CREATE UNIQUE INDEX "ChainTransaction_relayer_nonce_key" ON "ChainTransaction"("relayer", "nonce");

-- CreateIndex
CREATE UNIQUE INDEX "ChainIncident_digest_key" ON "ChainIncident"("digest");

-- AddForeignKey
ALTER TABLE "ChainTransaction" ADD CONSTRAINT "ChainTransaction_callId_fkey" FOREIGN KEY ("callId") REFERENCES "ChainCall"("id") ON DELETE SET NULL ON UPDATE CASCADE;
