import type { Hex } from "viem";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import { buildTree, treeProof } from "../../../protocol/registry/tree.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Roll } from "../../database/generated/client.ts";
import type { PersonKey } from "../../http/authority.ts";
import type { OwnVoter, OwnerView } from "../service.ts";
import { viewKeys } from "./keys.ts";

interface OwnPlace {
  rollId: string;
  voter: number;
}

/** Where a key stands or waits, in all rolls of a community. */
async function placesOf(
  db: Db | Tx,
  communityId: string,
  { kind, keyId }: PersonKey,
): Promise<OwnPlace[]> {
  // A revoked key shows nothing any more: it was lost, or the flat was sold.
  return db.$queryRaw<OwnPlace[]>`
    SELECT e."rollId", e."voter" FROM "Enrolment" e
    JOIN "Roll" r ON r."id" = e."rollId" AND r."communityId" = ${communityId} AND r."state" = 'frozen'
    WHERE e."kind" = ${kind} AND e."keyId" = ${keyId} AND e."state" <> 'refused'
      AND NOT EXISTS (SELECT FROM "BoundKey" k
        WHERE k."rollId" = e."rollId" AND k."keyId" = e."keyId" AND k."revokedAt" IS NOT NULL)`;
}

export async function isOwner(db: Db, communityId: string, person: PersonKey): Promise<boolean> {
  return (await placesOf(db, communityId, person)).length > 0;
}

export async function votersOf(
  db: Db | Tx,
  communityId: string,
  person: PersonKey,
): Promise<OwnVoter[]> {
  const places = await placesOf(db, communityId, person);
  const rolls = await db.roll.findMany({
    where: { id: { in: places.map(({ rollId }) => rollId) } },
  });
  const numberOf = new Map(rolls.map(({ id, number }) => [id, number]));
  return places
    .map(({ rollId, voter }) => ({ roll: numberOf.get(rollId)!, voter }))
    .sort((a, b) => b.roll - a.roll);
}

/** All that an owner may see of himself in one roll. */
async function viewVoter(db: Db, roll: Roll, voter: number) {
  const { areaE4 } = await db.rollVoter.findUniqueOrThrow({
    where: { rollId_number: { rollId: roll.id, number: voter } },
  });
  return {
    roll: roll.number,
    voter,
    area: fromAreaE4(areaE4),
    totalHeads: roll.voters,
    totalArea: fromAreaE4(roll.totalAreaE4),
    linesRoot: roll.linesRoot,
    lines: await viewLines(db, roll.id, voter),
    keys: await viewKeys(db, { communityId: roll.communityId, rollId: roll.id, voter }),
  };
}

const trees = new Map<string, Hex[]>();
const TREES_KEPT = 8;

/** A frozen roll's lines never change, and a large one's tree takes a while. */
async function getTree(db: Db, rollId: string): Promise<Hex[]> {
  const known = trees.get(rollId);
  if (known) return known;
  const all = await db.rollUnit.findMany({
    where: { rollId },
    orderBy: { position: "asc" },
    select: { leaf: true },
  });
  const tree = buildTree(all.map(({ leaf }) => leaf as Hex));
  const [oldest] = trees.keys();
  if (oldest !== undefined && trees.size >= TREES_KEPT) trees.delete(oldest);
  trees.set(rollId, tree);
  return tree;
}

async function viewLines(db: Db, rollId: string, voter: number) {
  const tree = await getTree(db, rollId);
  const own = await db.rollUnit.findMany({
    where: { rollId, voter },
    orderBy: { position: "asc" },
  });
  return own.map(({ position, building, entrance, unit, areaE4, salt, leaf }) => {
    const area = fromAreaE4(areaE4);
    const proof = treeProof(tree, position);
    return { building, entrance, unit, area, salt, leaf, position, proof };
  });
}

/** Everything about the owner behind a key, with what later subjects add. */
export async function viewOwner(
  db: Db,
  communityId: string,
  { person, views }: { person: PersonKey; views: readonly OwnerView[] },
) {
  const own = await votersOf(db, communityId, person);
  const voters = [];
  for (const { roll: number, voter } of own) {
    const roll = await db.roll.findFirstOrThrow({
      where: { communityId, number, state: "frozen" },
    });
    voters.push(await viewVoter(db, roll, voter));
  }
  const added: Record<string, unknown> = {};
  for (const view of views) added[view.name] = await view.view(communityId, own);
  return { voters, ...added };
}
