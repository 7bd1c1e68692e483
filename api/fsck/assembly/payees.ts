import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { accountHash } from "../../../protocol/assembly/plan.ts";
import type { PayeeAccount } from "../../database/generated/client.ts";
import { opens } from "../registry/lines.ts";
import type { FsckContext } from "../subject.ts";

/** The accounts that plans pay to: each is the one that its hash says, and those of published plans are there. */
export async function inspectPayees(context: FsckContext): Promise<void> {
  const { snapshot, inspection, cipher } = context;
  const known = new Set<string>();
  for await (const row of snapshot.stream<PayeeAccount>(`SELECT * FROM "PayeeAccount"`)) {
    const { communityId: community, hash, fingerprint, sealed } = row;
    inspection.count("PayeeAccount", community);
    known.add(`${community} ${hash}`);
    const place = { community, table: "PayeeAccount", row: hash };
    if (!context.communities.has(community)) inspection.extra(place);
    if (!cipher) {
      inspection.skip("PayeeAccount", "noKey", { community, count: 1 });
      continue;
    }
    const isOwn = opens(() => {
      const opened = cipher.open(sealed, `payeeAccount ${hash}`);
      const { salt, number } = JSON.parse(opened) as { salt: Hex; number: string };
      const isSame = cipher.fingerprint(`account ${number}`) === fingerprint;
      if (!isSame || accountHash(salt, number) !== hash) throw new Error("another account");
    });
    inspection.secret({ ...place, field: "hash, fingerprint or sealed" }, isOwn);
  }
  await findUnkept(context, known);
}

/** Accounts of plans that were put to the vote. */
async function findUnkept(context: FsckContext, known: ReadonlySet<string>): Promise<void> {
  const rows = context.snapshot.stream<{ community: string; index: number; text: string }>(
    `SELECT "communityId" AS community, "index", "text" FROM "Record" WHERE "type" = 'meeting'`,
  );
  for await (const { community, index, text } of rows) {
    for (const account of accountsOf(text)) {
      if (known.has(`${community} ${account}`)) continue;
      const place = { community, table: "PayeeAccount", row: account };
      context.inspection.missing(place, `of record ${index}`);
    }
  }
}

function accountsOf(text: string): string[] {
  try {
    const { motions } = JSON.parse(text) as RecordOf<"meeting">;
    return motions.flatMap(({ plan }) => (plan ? [plan.payee.account] : []));
  } catch {
    // The log's own inspection names the record.
    return [];
  }
}
