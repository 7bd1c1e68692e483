import { sha256 } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { mergeUnits } from "../../../protocol/registry/voters.ts";
import type { Roll, RollVoter, UnitImport } from "../../database/generated/client.ts";
import type { ImportContent } from "../../registry/import/imports.ts";
import { readContent } from "../../registry/import/imports.ts";
import { toVotingUnits } from "../../registry/import/report.ts";
import { encodeSource } from "../../registry/roll/draft.ts";
import type { FsckContext } from "../subject.ts";

/**
 * Who of a roll is the same owner as in another roll follows from the imported table that the roll was drawn from: its
 * published form is what the record names as the roll's source.
 */
export async function inspectGroups(context: FsckContext, roll: Roll): Promise<void> {
  const { snapshot, inspection, cipher } = context;
  const { communityId: community } = roll;
  const what = `RollVoter.group of roll ${roll.number}`;
  if (!cipher) return inspection.skip(what, "noKey", { community });
  const units = await snapshot.rows<{ unit: string; voter: number }>(
    `SELECT "unit", "voter" FROM "RollUnit" WHERE "rollId" = $1`,
    [roll.id],
  );
  const voterOf = new Map(units.map(({ unit, voter }) => [unit, voter]));
  const { source } = JSON.parse(roll.record) as RecordOf<"roll">;
  const groups = await findGroups(context, { community, source, voterOf });
  if (!groups) return inspection.skip(what, "onlyHere", { community });
  const voters = await snapshot.rows<Pick<RollVoter, "number" | "group">>(
    `SELECT "number", "group" FROM "RollVoter" WHERE "rollId" = $1`,
    [roll.id],
  );
  const stored = new Map(voters.map(({ number, group }) => [number, group]));
  for (const { key, units: own } of groups) {
    const voter = voterOf.get(own[0]!.unit)!;
    const place = { community, table: "RollVoter", row: `${roll.id}/${voter}`, field: "group" };
    const isOwn = stored.get(voter) === undefined || stored.get(voter) === cipher.fingerprint(key);
    inspection.secret(place, isOwn);
  }
}

interface Wanted {
  community: string;
  source: string;
  voterOf: ReadonlyMap<string, number>;
}

/** The owner groups by the import that the roll came from; undefined where it is not there or does not open. */
async function findGroups({ snapshot, cipher }: FsckContext, wanted: Wanted) {
  const sql = `
    SELECT "id", "units" FROM "UnitImport" WHERE "communityId" = $1 AND "units" IS NOT NULL ORDER BY "createdAt" DESC`;
  const rows = snapshot.batches<Pick<UnitImport, "id" | "units">>(sql, [wanted.community], 1);
  for await (const [row] of rows) {
    let content: ImportContent;
    try {
      content = readContent(cipher!.open(row!.units!, `import units ${row!.id}`));
    } catch {
      continue;
    }
    const units = toVotingUnits(content.units, content.rules);
    const own = units.filter(({ unit }) => wanted.voterOf.has(unit));
    if (sha256(encodeSource(own)) !== wanted.source) continue;
    return mergeUnits(own, content.rules.developer);
  }
  return undefined;
}
