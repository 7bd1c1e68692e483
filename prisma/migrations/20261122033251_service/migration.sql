-- CreateEnum
CREATE TYPE "HeadState" AS ENUM ('anchoring', 'anchored', 'refused');

-- CreateEnum
CREATE TYPE "MeetingState" AS ENUM ('proposed', 'convening', 'announced', 'concluded', 'refused');

-- CreateEnum
CREATE TYPE "ExtensionState" AS ENUM ('proposed', 'extending', 'extended', 'refused');

-- CreateEnum
CREATE TYPE "BatchState" AS ENUM ('proposed', 'sealing', 'sealed', 'opening', 'opened', 'lapsed', 'refused');

-- CreateEnum
CREATE TYPE "BallotState" AS ENUM ('waiting', 'sealing', 'sealed', 'replaced', 'late');

-- CreateEnum
CREATE TYPE "PaperState" AS ENUM ('entered', 'returned', 'checked', 'sealing', 'sealed', 'late');

-- CreateEnum
CREATE TYPE "CommunityState" AS ENUM ('deploying', 'ready');

-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('open', 'complete', 'withdrawn');

-- CreateEnum
CREATE TYPE "RollState" AS ENUM ('proposed', 'freezing', 'frozen', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "EnrolmentState" AS ENUM ('waiting', 'proposed', 'bound');

-- CreateEnum
CREATE TYPE "KeyPageState" AS ENUM ('proposed', 'signed', 'binding', 'bound', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "RevocationState" AS ENUM ('proposed', 'revoking', 'revoked');

-- CreateTable
CREATE TABLE "Log" (
    "communityId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "range" BYTEA[],

    CONSTRAINT "Log_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "Record" (
    "communityId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "leaf" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Record_pkey" PRIMARY KEY ("communityId","index")
);

-- CreateTable
CREATE TABLE "LogNode" (
    "communityId" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "LogNode_pkey" PRIMARY KEY ("communityId","level","index")
);

-- CreateTable
CREATE TABLE "Head" (
    "communityId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "state" "HeadState" NOT NULL DEFAULT 'anchoring',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "transactionHash" TEXT,
    "blockNumber" BIGINT,
    "anchoredAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "Head_pkey" PRIMARY KEY ("communityId","size")
);

-- CreateTable
CREATE TABLE "Document" (
    "communityId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "confidential" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("communityId","sha256")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "state" "MeetingState" NOT NULL DEFAULT 'proposed',
    "number" INTEGER,
    "roll" INTEGER NOT NULL,
    "record" TEXT NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "recordIndex" INTEGER,
    "proposalId" UUID,
    "title" TEXT NOT NULL,
    "items" INTEGER[],
    "opensAt" TIMESTAMPTZ(3) NOT NULL,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "noticeSeconds" INTEGER NOT NULL,
    "paperSeconds" INTEGER NOT NULL,
    "revealSeconds" INTEGER NOT NULL,
    "objectionSeconds" INTEGER NOT NULL,
    "conflict" INTEGER NOT NULL,
    "invalidParticipates" BOOLEAN NOT NULL,
    "totalHeads" INTEGER NOT NULL,
    "totalAreaE4" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "announcedAt" TIMESTAMPTZ(3),
    "announcedIn" TEXT,
    "concludedAt" TIMESTAMPTZ(3),
    "concludedIn" TEXT,
    "failure" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "resultIndex" INTEGER,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Extension" (
    "id" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "state" "ExtensionState" NOT NULL DEFAULT 'proposed',
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "record" TEXT NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "recordIndex" INTEGER,
    "proposalId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "failure" TEXT,

    CONSTRAINT "Extension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "state" "BatchState" NOT NULL DEFAULT 'sealing',
    "number" INTEGER,
    "origin" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "proposalId" UUID,
    "count" INTEGER NOT NULL,
    "foreign" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sealedAt" TIMESTAMPTZ(3),
    "sealedIn" TEXT,
    "openedAt" TIMESTAMPTZ(3),
    "openedIn" TEXT,
    "codes" TEXT,
    "failure" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ballot" (
    "id" BIGSERIAL NOT NULL,
    "meetingId" UUID NOT NULL,
    "state" "BallotState" NOT NULL DEFAULT 'waiting',
    "voter" INTEGER NOT NULL,
    "waitingVoter" INTEGER,
    "areaE4" BIGINT NOT NULL,
    "page" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "form" INTEGER NOT NULL,
    "envelope" TEXT,
    "answers" BIGINT NOT NULL,
    "signature" TEXT NOT NULL,
    "leaf" TEXT NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3) NOT NULL,
    "batchId" UUID,
    "place" INTEGER,
    "code" INTEGER,

    CONSTRAINT "Ballot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaperBallot" (
    "id" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "state" "PaperState" NOT NULL DEFAULT 'entered',
    "unit" TEXT NOT NULL,
    "voter" INTEGER NOT NULL,
    "standingVoter" INTEGER,
    "areaE4" BIGINT NOT NULL,
    "answers" BIGINT NOT NULL,
    "scan" TEXT NOT NULL,
    "scanSalt" TEXT NOT NULL,
    "leaf" TEXT NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedBy" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "batchId" UUID,
    "place" INTEGER,
    "code" INTEGER,

    CONSTRAINT "PaperBallot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginChallenge" (
    "challenge" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LoginChallenge_pkey" PRIMARY KEY ("challenge")
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" TEXT NOT NULL,
    "kind" INTEGER NOT NULL,
    "keyId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "IdempotentAnswer" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "answer" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdempotentAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Community" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "demonstration" BOOLEAN NOT NULL DEFAULT false,
    "state" "CommunityState" NOT NULL DEFAULT 'deploying',
    "chainId" INTEGER NOT NULL,
    "registry" TEXT,
    "anchor" TEXT,
    "assembly" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Officer" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Officer_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'open',
    "typedData" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "roles" TEXT[],
    "payload" JSONB NOT NULL,
    "createdBy" TEXT NOT NULL,
    "excluded" TEXT,
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attestation" (
    "proposalId" UUID NOT NULL,
    "officer" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Attestation_pkey" PRIMARY KEY ("proposalId","officer")
);

-- CreateTable
CREATE TABLE "UnitImport" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "file" BYTEA NOT NULL,
    "report" BYTEA NOT NULL,
    "units" BYTEA,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UnitImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Roll" (
    "id" UUID NOT NULL,
    "communityId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "RollState" NOT NULL DEFAULT 'proposed',
    "scope" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "recordLeaf" TEXT NOT NULL,
    "recordIndex" INTEGER,
    "voters" INTEGER NOT NULL,
    "totalAreaE4" BIGINT NOT NULL,
    "areaBytes" INTEGER NOT NULL,
    "areas" BYTEA NOT NULL,
    "linesRoot" TEXT NOT NULL,
    "buildings" JSONB NOT NULL,
    "proposalId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "frozenAt" TIMESTAMPTZ(3),
    "frozenIn" TEXT,
    "failure" TEXT,

    CONSTRAINT "Roll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RollVoter" (
    "rollId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "areaE4" BIGINT NOT NULL,
    "group" TEXT NOT NULL,
    "owners" BYTEA NOT NULL,

    CONSTRAINT "RollVoter_pkey" PRIMARY KEY ("rollId","number")
);

-- CreateTable
CREATE TABLE "RollUnit" (
    "rollId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "building" TEXT NOT NULL,
    "entrance" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "areaE4" BIGINT NOT NULL,
    "voter" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "leaf" TEXT NOT NULL,

    CONSTRAINT "RollUnit_pkey" PRIMARY KEY ("rollId","position")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "codeHash" TEXT NOT NULL,
    "rollId" UUID NOT NULL,
    "voter" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("codeHash")
);

-- CreateTable
CREATE TABLE "Enrolment" (
    "id" UUID NOT NULL,
    "rollId" UUID NOT NULL,
    "voter" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "keyId" TEXT NOT NULL,
    "state" "EnrolmentState" NOT NULL DEFAULT 'waiting',
    "carried" BOOLEAN NOT NULL DEFAULT false,
    "keyPageId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeyPage" (
    "id" UUID NOT NULL,
    "rollId" UUID NOT NULL,
    "page" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "state" "KeyPageState" NOT NULL DEFAULT 'proposed',
    "entries" BYTEA NOT NULL,
    "record" TEXT NOT NULL,
    "proposalId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "boundAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "KeyPage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BoundKey" (
    "rollId" UUID NOT NULL,
    "page" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "keyPageId" UUID NOT NULL,
    "voter" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "keyId" TEXT NOT NULL,
    "boundAt" TIMESTAMPTZ(3) NOT NULL,
    "revocation" "RevocationState",
    "reason" TEXT,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BoundKey_pkey" PRIMARY KEY ("rollId","page","position")
);

-- CreateIndex
CREATE INDEX "Record_communityId_leaf_idx" ON "Record"("communityId", "leaf");

-- CreateIndex
CREATE INDEX "Record_communityId_type_idx" ON "Record"("communityId", "type");

-- CreateIndex
CREATE INDEX "Head_communityId_state_idx" ON "Head"("communityId", "state");

-- CreateIndex
CREATE INDEX "Meeting_communityId_state_idx" ON "Meeting"("communityId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_communityId_number_key" ON "Meeting"("communityId", "number");

-- CreateIndex
CREATE INDEX "Extension_meetingId_idx" ON "Extension"("meetingId");

-- CreateIndex
CREATE INDEX "Batch_meetingId_state_idx" ON "Batch"("meetingId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Batch_meetingId_number_key" ON "Batch"("meetingId", "number");

-- CreateIndex
CREATE INDEX "Ballot_meetingId_state_idx" ON "Ballot"("meetingId", "state");

-- CreateIndex
CREATE INDEX "Ballot_meetingId_voter_idx" ON "Ballot"("meetingId", "voter");

-- CreateIndex
CREATE INDEX "Ballot_batchId_place_idx" ON "Ballot"("batchId", "place");

-- CreateIndex
CREATE UNIQUE INDEX "Ballot_meetingId_leaf_key" ON "Ballot"("meetingId", "leaf");

-- CreateIndex
CREATE UNIQUE INDEX "Ballot_meetingId_waitingVoter_key" ON "Ballot"("meetingId", "waitingVoter");

-- CreateIndex
CREATE INDEX "PaperBallot_meetingId_state_idx" ON "PaperBallot"("meetingId", "state");

-- CreateIndex
CREATE INDEX "PaperBallot_meetingId_voter_idx" ON "PaperBallot"("meetingId", "voter");

-- CreateIndex
CREATE INDEX "PaperBallot_batchId_place_idx" ON "PaperBallot"("batchId", "place");

-- CreateIndex
CREATE UNIQUE INDEX "PaperBallot_meetingId_standingVoter_key" ON "PaperBallot"("meetingId", "standingVoter");

-- CreateIndex
CREATE INDEX "LoginChallenge_expiresAt_idx" ON "LoginChallenge"("expiresAt");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "IdempotentAnswer_createdAt_idx" ON "IdempotentAnswer"("createdAt");

-- CreateIndex
CREATE INDEX "Officer_communityId_keyId_idx" ON "Officer"("communityId", "keyId");

-- CreateIndex
CREATE INDEX "Proposal_communityId_state_createdAt_idx" ON "Proposal"("communityId", "state", "createdAt");

-- CreateIndex
CREATE INDEX "UnitImport_communityId_createdAt_idx" ON "UnitImport"("communityId", "createdAt");

-- CreateIndex
CREATE INDEX "Roll_communityId_number_idx" ON "Roll"("communityId", "number");

-- CreateIndex
CREATE INDEX "Roll_communityId_state_idx" ON "Roll"("communityId", "state");

-- CreateIndex
CREATE INDEX "RollVoter_group_idx" ON "RollVoter"("group");

-- CreateIndex
CREATE INDEX "RollUnit_rollId_voter_idx" ON "RollUnit"("rollId", "voter");

-- CreateIndex
CREATE UNIQUE INDEX "RollUnit_rollId_unit_key" ON "RollUnit"("rollId", "unit");

-- CreateIndex
CREATE INDEX "Invitation_rollId_voter_idx" ON "Invitation"("rollId", "voter");

-- CreateIndex
CREATE INDEX "Enrolment_keyId_idx" ON "Enrolment"("keyId");

-- CreateIndex
CREATE INDEX "Enrolment_rollId_state_idx" ON "Enrolment"("rollId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Enrolment_rollId_keyId_key" ON "Enrolment"("rollId", "keyId");

-- CreateIndex
CREATE INDEX "KeyPage_rollId_page_idx" ON "KeyPage"("rollId", "page");

-- CreateIndex
CREATE INDEX "BoundKey_rollId_voter_idx" ON "BoundKey"("rollId", "voter");

-- CreateIndex
CREATE INDEX "BoundKey_keyId_idx" ON "BoundKey"("keyId");

-- AddForeignKey
ALTER TABLE "Extension" ADD CONSTRAINT "Extension_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ballot" ADD CONSTRAINT "Ballot_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ballot" ADD CONSTRAINT "Ballot_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperBallot" ADD CONSTRAINT "PaperBallot_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperBallot" ADD CONSTRAINT "PaperBallot_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Officer" ADD CONSTRAINT "Officer_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attestation" ADD CONSTRAINT "Attestation_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollVoter" ADD CONSTRAINT "RollVoter_rollId_fkey" FOREIGN KEY ("rollId") REFERENCES "Roll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollUnit" ADD CONSTRAINT "RollUnit_rollId_fkey" FOREIGN KEY ("rollId") REFERENCES "Roll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_rollId_fkey" FOREIGN KEY ("rollId") REFERENCES "Roll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrolment" ADD CONSTRAINT "Enrolment_rollId_fkey" FOREIGN KEY ("rollId") REFERENCES "Roll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrolment" ADD CONSTRAINT "Enrolment_keyPageId_fkey" FOREIGN KEY ("keyPageId") REFERENCES "KeyPage"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeyPage" ADD CONSTRAINT "KeyPage_rollId_fkey" FOREIGN KEY ("rollId") REFERENCES "Roll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoundKey" ADD CONSTRAINT "BoundKey_keyPageId_fkey" FOREIGN KEY ("keyPageId") REFERENCES "KeyPage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
