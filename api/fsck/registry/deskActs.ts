import type { DeskAct } from "../../database/generated/client.ts";
import { DESK_ACTS } from "../../registry/key/desk.ts";
import type { FsckContext } from "../subject.ts";
import { requireOfficer } from "./communities.ts";

type Row = DeskAct & { community: string | null; rollVoters: number | null };

const ACTS = `
  SELECT a.*, r."communityId" AS community, r."voters" AS "rollVoters" FROM "DeskAct" a
  LEFT JOIN "Roll" r ON r."id" = a."rollId" ORDER BY a."at", a."id"`;

/** What officers did alone at the key desk: a known act of an officer, about households of that roll. */
export async function inspectDeskActs(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for await (const row of snapshot.stream<Row>(ACTS)) {
    const community = row.community ?? undefined;
    inspection.count("DeskAct", community);
    const place = { community, table: "DeskAct", row: row.id };
    if (row.rollVoters === null) {
      inspection.extra(place, "rollId");
      continue;
    }
    const isKnown = (DESK_ACTS as readonly string[]).includes(row.act);
    inspection.equal({ ...place, field: "act" }, isKnown ? row.act : DESK_ACTS.join("|"), row.act);
    await requireOfficer(context, { ...place, field: "officer" }, row.officer);
    const strangers = row.voters.filter((voter) => voter < 0 || voter >= row.rollVoters!);
    inspection.secret({ ...place, field: "voters" }, strangers.length === 0);
  }
}
