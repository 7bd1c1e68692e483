import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import type { Hex } from "viem";
import { decodeLines } from "../../../protocol/anchor/lines.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { lineLeaf } from "../../../protocol/registry/lines.ts";
import type { PublishedLine } from "../../../protocol/registry/lines.ts";
import { treeRoot } from "../../../protocol/registry/tree.ts";
import type { Roll, RollUnit, RollVoter } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";

const UNITS = `SELECT * FROM "RollUnit" WHERE "rollId" = $1 ORDER BY "position"`;

/** Every unit's line is the published one, and its salt and voter make the leaf that was frozen. */
export async function inspectUnits(
  context: FsckContext,
  roll: Roll,
  record: RecordOf<"roll"> | undefined,
): Promise<void> {
  const { snapshot, inspection } = context;
  const { communityId: community } = roll;
  const lines = record ? await readLines(context, roll, record.lines) : undefined;
  const leaves: Hex[] = [];
  for await (const unit of snapshot.stream<RollUnit>(UNITS, [roll.id])) {
    inspection.count("RollUnit", community);
    const place = { community, table: "RollUnit", row: `${roll.id}/${unit.position}` };
    while (lines && leaves.length < unit.position && lines[leaves.length]) {
      const position = leaves.length;
      inspection.missing({ ...place, row: `${roll.id}/${position}` });
      leaves.push(lines[position]!.leaf);
    }
    leaves.push(inspectUnit(context, unit, lines?.[unit.position]));
    if (lines && unit.position >= lines.length) inspection.extra(place);
  }
  lines?.slice(leaves.length).forEach((line, i) => {
    const row = `${roll.id}/${leaves.length + i}`;
    inspection.missing({ community, table: "RollUnit", row });
  });
  if (lines || leaves.length === 0) return;
  const place = { community, table: "Roll", row: roll.id, field: "linesRoot" };
  inspection.equal(place, treeRoot(leaves), roll.linesRoot);
}

function inspectUnit(
  { inspection }: FsckContext,
  unit: RollUnit,
  line: PublishedLine | undefined,
): Hex {
  const row = `${unit.rollId}/${unit.position}`;
  const place = { table: "RollUnit", row };
  if (line) {
    const { building, entrance, unit: id, areaE4, leaf } = line;
    inspection.compare(place, unit, { building, entrance, unit: id, areaE4, leaf });
  }
  const isOwn = leafOfUnit(unit) === (line?.leaf ?? unit.leaf);
  const hasSameArea =
    line === undefined || (line.areaE4 === unit.areaE4 && line.unit === unit.unit);
  // Salt and voter are the owner's own affair: that they differ is told, not how.
  if (hasSameArea) inspection.secret({ ...place, field: "salt or voter" }, isOwn);
  return unit.leaf as Hex;
}

function leafOfUnit({ salt, unit, areaE4, voter }: RollUnit): string {
  try {
    return lineLeaf({ salt: salt as Hex, unit, areaE4, voter });
  } catch {
    return "none";
  }
}

/** The published lines; undefined where their document is not there or not what its hash names: named elsewhere. */
async function readLines(
  { inspection, dataDirectory }: FsckContext,
  roll: Roll,
  hash: string,
): Promise<PublishedLine[] | undefined> {
  const file = path.join(dataDirectory, "files", hash.slice(2, 4), hash.slice(4));
  try {
    const bytes = await fs.readFile(file);
    const found = `0x${createHash("sha256").update(bytes).digest("hex")}`;
    if (found === hash) return decodeLines(bytes);
  } catch {
    // The document is inspected by itself.
  }
  const { communityId: community } = roll;
  inspection.skip(`RollUnit of roll ${roll.number} against its document`, "dependsOnFailed", {
    community,
  });
  return undefined;
}

type Voter = RollVoter & { sum: bigint | null };

const VOTERS = `
  SELECT v.*, (SELECT sum(u."areaE4")::bigint FROM "RollUnit" u
    WHERE u."rollId" = v."rollId" AND u."voter" = v."number") AS sum
  FROM "RollVoter" v WHERE v."rollId" = $1 ORDER BY v."number"`;

/** Every voter has the area of his units, which is the one on chain; his owners' names open under the key. */
export async function inspectVoters(
  context: FsckContext,
  roll: Roll,
  areas: readonly bigint[],
): Promise<void> {
  const { snapshot, inspection, cipher } = context;
  const { communityId: community } = roll;
  const seen = new Set<number>();
  for await (const voter of snapshot.stream<Voter>(VOTERS, [roll.id])) {
    const { number, areaE4, sum, owners } = voter;
    inspection.count("RollVoter", community);
    seen.add(number);
    const place = { community, table: "RollVoter", row: `${roll.id}/${number}` };
    if (number < 0 || number >= roll.voters) {
      inspection.extra(place);
      continue;
    }
    inspection.equal({ ...place, field: "areaE4" }, areas[number], areaE4);
    if (areas[number] === areaE4) {
      inspection.equal({ ...place, field: "area of his units" }, areaE4, sum);
    }
    if (!cipher) inspection.skip("RollVoter owners", "noKey", { community, count: 1 });
    else {
      const isOpen = opens(() => cipher.open(owners, `voter ${roll.id} ${number}`));
      inspection.secret({ ...place, field: "owners" }, isOpen);
    }
  }
  for (let number = 0; number < roll.voters; number += 1) {
    if (seen.has(number)) continue;
    inspection.missing({ community, table: "RollVoter", row: `${roll.id}/${number}` });
  }
}

/** Whether something opens: its tag says that nothing of it was changed. */
export function opens(open: () => unknown): boolean {
  try {
    open();
    return true;
  } catch {
    return false;
  }
}
