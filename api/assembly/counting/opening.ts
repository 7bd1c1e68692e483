import type { Hex } from "viem";
import { sealedRoot, SELF_SEALED } from "../../../protocol/assembly/ballot.ts";
import { encodeBatch, encodePaper } from "../../../protocol/assembly/opening.ts";
import type { OwnBallot } from "../../../protocol/assembly/opening.ts";
import { scanHash } from "../../../protocol/assembly/ballot.ts";
import type { Form, KeyKind } from "../../../protocol/registry/keys.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Ballot, Batch, PaperBallot } from "../../database/generated/client.ts";

/** The call that opens a batch, beside meeting and batch; undefined where its content is not known here. */
export interface Opening {
  functionName: "openBatch" | "openPaper";
  args: readonly unknown[];
}

export async function findOpening(db: Db | Tx, batch: Batch): Promise<Opening | undefined> {
  const paper = await listPaper(db, batch.id);
  if (paper.length > 0) {
    const { answers, ballots } = encodePaper(paper.map(toPaper));
    return { functionName: "openPaper", args: [answers, ballots] };
  }
  const ballots = await listBallots(db, batch);
  if (ballots.length === 0) return undefined;
  const { messages, groups } = encodeBatch(ballots.map(toOwn));
  return { functionName: "openBatch", args: [messages, groups] };
}

const listPaper = (db: Db | Tx, batchId: string): Promise<PaperBallot[]> =>
  db.paperBallot.findMany({ where: { batchId }, orderBy: { place: "asc" } });

/** In the order of their leaves. A voter's own seal holds one ballot, which he may have sent us as well. */
async function listBallots(db: Db | Tx, batch: Batch): Promise<Ballot[]> {
  if (!batch.foreign) {
    return db.ballot.findMany({ where: { batchId: batch.id }, orderBy: { place: "asc" } });
  }
  if (batch.origin < SELF_SEALED) return [];
  const ballot = await findByRoot(db, batch);
  return ballot ? [ballot] : [];
}

/** The chain keeps a leaf without its last byte, which gives way to the origin. */
export async function findByRoot(db: Db | Tx, batch: Batch): Promise<Ballot | undefined> {
  const candidates = await db.ballot.findMany({
    where: { meetingId: batch.meetingId, leaf: { startsWith: batch.root.slice(0, 64) } },
  });
  const root = sealedRoot(batch.root as Hex, batch.origin);
  return candidates.find(({ leaf }) => sealedRoot(leaf as Hex, batch.origin) === root);
}

export const toOwn = (ballot: Ballot): OwnBallot => ({
  page: ballot.page,
  position: ballot.position,
  kind: ballot.kind as KeyKind,
  form: ballot.form as Form,
  answers: Number(ballot.answers),
  envelope: (ballot.envelope ?? "0x") as Hex,
  signature: ballot.signature as Hex,
});

export const toPaper = ({ voter, answers, scanSalt, scan }: PaperBallot) => ({
  voter,
  answers: Number(answers),
  scan: scanHash(scanSalt as Hex, scan as Hex),
});
