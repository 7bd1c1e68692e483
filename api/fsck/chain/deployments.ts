import { bytesToHex, encodeAbiParameters } from "viem";
import type { AbiParameter, Hex } from "viem";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import type { Deployment } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";

interface Step {
  kind: string;
  data: Uint8Array;
  hash: string | null;
}

const STEPS = `
  SELECT c."kind", c."data", t."hash" FROM "ChainCall" c
  LEFT JOIN "ChainTransaction" t ON t."callId" = c."id" AND t."state" = 'mined' AND t."succeeded"
  WHERE c."kind" LIKE 'chain.deploy.%' AND c."ref" = $1`;

/** The contracts stand where their creation put them, and know the first officers that were named. */
export async function inspectDeployments(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const rows = await snapshot.rows<Deployment>(`SELECT * FROM "Deployment" ORDER BY "communityId"`);
  for (const community of context.communities.keys()) {
    if (rows.some(({ communityId }) => communityId === community)) continue;
    inspection.missing({ community, table: "Deployment", row: community });
  }
  for (const row of rows) {
    const { communityId: community } = row;
    inspection.count("Deployment", community);
    const place = { community, table: "Deployment", row: community };
    if (!context.communities.has(community)) inspection.extra(place);
    const steps = await snapshot.rows<Step>(STEPS, [community]);
    const stepOf = (name: string) => steps.find(({ kind }) => kind === `chain.deploy.${name}`);
    const created = stepOf("registry");
    if (created) inspectOfficers(context, row, created);
    for (const name of Object.keys(row).filter((key) => stepOf(key))) {
      await inspectAddress(context, row, { name, step: stepOf(name)! });
    }
    const isBound = stepOf("binding")?.hash != null;
    if (row.state === "done" || isBound) {
      const state = isBound ? "done" : "binding";
      inspection.equal({ ...place, field: "state" }, state, row.state);
    }
  }
}

async function inspectAddress(
  context: FsckContext,
  row: Deployment,
  { name, step }: { name: string; step: Step },
): Promise<void> {
  const address = await createdAt(context, step);
  if (address === undefined) return;
  const { communityId: community } = row;
  const found = (row as unknown as Record<string, string | null>)[name];
  const place = { community, table: "Deployment", row: community, field: name };
  context.inspection.equal(place, address.toLowerCase(), found?.toLowerCase());
}

/** The arguments stand at the end of what created the registry. */
function inspectOfficers({ inspection }: FsckContext, row: Deployment, { data }: Step): void {
  const place = { community: row.communityId, table: "Deployment", row: row.communityId };
  const constructor = registryAbi.find((item) => item.type === "constructor");
  const inputs = (constructor?.inputs ?? []) as readonly AbiParameter[];
  let args: Hex;
  try {
    // An address keeps its capitals in what is encoded.
    args = encodeAbiParameters(inputs, [row.officers]).toLowerCase() as Hex;
  } catch {
    args = "0x";
  }
  const isSame = args !== "0x" && bytesToHex(data).endsWith(args.slice(2));
  if (!isSame) inspection.find({ kind: "differs", ...place, field: "officers" });
}

async function createdAt({ chain }: FsckContext, { hash }: Step): Promise<Hex | undefined> {
  if (!chain || hash === null) return undefined;
  const call = { method: "eth_getTransactionReceipt", params: [hash] };
  const receipt = (await chain.request(call)) as { contractAddress: Hex | null } | null;
  return receipt?.contractAddress ?? undefined;
}
