import type { Hex } from "viem";
import { VERIFIERS } from "../../../protocol/registry/officer.ts";
import type { Verifiers } from "../../chain/service.ts";
import type { CallSource, FsckContext } from "../subject.ts";

const KIND = "chain.verifier";

export const isOfVerifier = (kind: string): boolean => kind === KIND;
export const isVerifierSetting = (key: string): boolean => key.startsWith(`${KIND}.`);

/** Calls that put the verifiers of officers' P-256 keys on the chain; where they stand is a setting. */
export const verifierCalls: CallSource = {
  kind: KIND,
  functions: [],
  table: "Setting",
  refs: `
    SELECT v.ref, CASE WHEN s."key" IS NOT NULL THEN 'done' END AS call
    FROM (VALUES ${VERIFIERS.map((name) => `('${name}')`).join()}) AS v (ref)
    LEFT JOIN "Setting" s ON s."key" = '${KIND}.' || v.ref`,
};

/** As the settings say; undefined while they are on their way. */
export async function readVerifiers({ snapshot }: FsckContext): Promise<Verifiers | undefined> {
  const rows = await snapshot.rows<{ key: string; value: string }>(
    `SELECT "key", "value" FROM "Setting" WHERE "key" LIKE '${KIND}.%'`,
  );
  const found = VERIFIERS.map((name) => [name, rows.find(({ key }) => key === `${KIND}.${name}`)]);
  if (found.some(([, row]) => row === undefined)) return undefined;
  const addresses = found.map(([name, row]) => [name, (row as { value: string }).value]);
  return Object.fromEntries(addresses) as Verifiers;
}

/** Every verifier stands where its creation put it. */
export async function inspectVerifiers(context: FsckContext): Promise<void> {
  const { snapshot, inspection, chain } = context;
  if (!chain) return;
  const created = await snapshot.rows<{ name: string; hash: Hex; value: string | null }>(`
    SELECT c."ref" AS name, t."hash", s."value" FROM "ChainCall" c
    JOIN "ChainTransaction" t ON t."callId" = c."id" AND t."state" = 'mined' AND t."succeeded"
    LEFT JOIN "Setting" s ON s."key" = '${KIND}.' || c."ref" WHERE c."kind" = '${KIND}' AND c."state" = 'mined'`);
  for (const { name, hash, value } of created) {
    const call = { method: "eth_getTransactionReceipt", params: [hash] };
    const receipt = (await chain.request(call)) as { contractAddress: Hex | null } | null;
    const place = { table: "Setting", row: `${KIND}.${name}`, field: "value" };
    inspection.equal(place, receipt?.contractAddress?.toLowerCase(), value);
  }
}
