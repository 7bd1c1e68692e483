import { bytesToHex, decodeFunctionData, keccak256, stringToHex } from "viem";
import type { Abi } from "viem";
import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { CONSTRUCTOR } from "../../chain/call.ts";
import type { ChainCall, ChainIncident } from "../../database/generated/client.ts";
import { isOfVerifier } from "./verifiers.ts";
import type { Inspection } from "../inspection.ts";
import type { CallSource, FsckContext } from "../subject.ts";

const ABIS: Readonly<Record<string, Abi>> = {
  registry: registryAbi,
  anchor: anchorAbi,
  assembly: assemblyAbi,
  fund: fundAbi,
};

type Call = ChainCall & { carried: string | null; succeeded: boolean | null };

const CALLS = `
  SELECT c.*, t."state" AS carried, t."succeeded" FROM "ChainCall" c
  LEFT JOIN LATERAL (
    SELECT "state", "succeeded" FROM "ChainTransaction" WHERE "callId" = c."id" ORDER BY "id" DESC LIMIT 1
  ) t ON true ORDER BY c."id"`;

/** Every call says what its data says, goes to a contract of its community, and has the transaction that its state claims. */
export async function inspectCalls(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for await (const call of snapshot.stream<Call>(CALLS)) {
    const place = { community: call.communityId, table: "ChainCall", row: String(call.id) };
    inspection.count("ChainCall", call.communityId);
    const isOwn = isOfVerifier(call.kind)
      ? call.communityId === ""
      : context.communities.has(call.communityId);
    if (!isOwn) inspection.extra(place, "communityId");
    inspection.equal({ ...place, field: "contract" }, contractOf(context, call), call.contract);
    const name = functionOf(context, call);
    if (name !== undefined)
      inspection.equal({ ...place, field: "functionName" }, name, call.functionName);
    const isCarried = call.carried !== null;
    const needsTransaction = call.state === "sent" || call.state === "mined";
    if (needsTransaction && !isCarried) {
      inspection.missing({ ...place, table: "ChainTransaction", row: `of call ${call.id}` });
    }
    inspectSettled(context, call);
    if (isCarried) inspectCarried(context, call);
  }
}

/** What became of the transaction that carried it. */
function inspectCarried({ inspection }: FsckContext, call: Call): void {
  const place = { community: call.communityId, table: "ChainCall", row: String(call.id) };
  const isDone = call.carried === "mined" && call.succeeded === true;
  if (call.state === "mined" && !isDone) {
    inspection.equal({ ...place, field: "state" }, "carried and done", call.state);
  }
  if (call.state === "waiting" && isDone) {
    inspection.equal({ ...place, field: "state" }, "mined", call.state);
  }
}

/** A call is settled once, when its handler has run; only a node's chain can take that back. */
function inspectSettled({ inspection, chain }: FsckContext, call: Call): void {
  if (chain?.kind !== "embedded") return;
  const isSettled = call.state === "mined" || call.state === "failed";
  if (isSettled === (call.settledAt !== null)) return;
  const place = { community: call.communityId, table: "ChainCall", row: String(call.id) };
  inspection.find({ kind: "differs", ...place, field: "state or settledAt" });
}

/** Which of the community's contracts the call goes to; what it says itself where it creates one. */
function contractOf({ communities }: FsckContext, call: Call): string {
  if (isOfVerifier(call.kind)) return call.ref;
  if (call.to === null) return call.kind.split(".").at(-1)!;
  const community = communities.get(call.communityId);
  const names = ["registry", "anchor", "assembly", "fund"];
  const addresses = community as unknown as Record<string, string | null> | undefined;
  const same = (name: string): boolean =>
    addresses?.[name]?.toLowerCase() === call.to?.toLowerCase();
  // While a community is being deployed its addresses stand in the deployment only.
  return names.find(same) ?? (community?.state === "ready" ? "none" : call.contract);
}

/** Undefined where the contract is not known to this version. */
function functionOf({ inspection }: FsckContext, call: Call): string | undefined {
  if (call.to === null) return CONSTRUCTOR;
  const abi = ABIS[call.contract];
  if (!abi) {
    inspection.skip(`ChainCall ${call.contract}`, "unknownKind", { count: 1 });
    return undefined;
  }
  try {
    return decodeFunctionData({ abi, data: bytesToHex(call.data) }).functionName;
  } catch {
    return "none";
  }
}

type Outcome = "pending" | "done" | "failed";

interface Pair {
  kind: string;
  ref: string;
  community: string | null;
  /** What must have become of the call; null where there need be none. */
  call: Outcome | null;
  isWanted: boolean;
  /** The calls of this kind and reference, repeated attempts included. */
  states: ChainCall["state"][] | null;
  /** Their numbers; of a call that is made once, null. */
  attempts: (number | null)[] | null;
  ids: string | null;
  functionName: string | null;
}

/**
 * Every call is about a row that there is, every row that went to the chain has its call, and both say the same of how
 * far it has come. `sources` say which kinds of calls there are, and what their references are made of.
 */
export async function pairCalls(
  { snapshot, inspection }: FsckContext,
  sources: readonly CallSource[],
): Promise<void> {
  const wanted = sources.map(({ kind, refs }) => {
    return `SELECT '${kind}' AS kind, s.ref, s.call::text AS call FROM (${refs}) s`;
  });
  const pairs = `
    SELECT coalesce(c.kind, w.kind) AS kind, coalesce(c.ref, w.ref) AS ref, c.community, c.ids, c.name AS "functionName", c.states, c.attempts, w.call,
      w.ref IS NOT NULL AS "isWanted"
    FROM (SELECT "kind" AS kind, regexp_replace("ref", ':[0-9]+$', '') AS ref, min("communityId") AS community, min("functionName") AS name,
        string_agg("id"::text, ' ' ORDER BY "id") AS ids, array_agg("state"::text) AS states,
        array_agg(substring("ref" FROM ':([0-9]{1,9})$')::int ORDER BY "id") AS attempts
      FROM "ChainCall" GROUP BY 1, 2) c
    FULL JOIN (${wanted.join(" UNION ALL ")}) w ON w.kind = c.kind AND w.ref = c.ref`;
  const tables = new Map(sources.map(({ kind, table }) => [kind, table]));
  for await (const pair of snapshot.stream<Pair>(pairs)) {
    const table = tables.get(pair.kind);
    if (table !== undefined) comparePair(inspection, pair, table);
    else inspectStrange(inspection, pair, sources);
  }
}

/** A kind that nobody knows, of a call that known kinds make, is no new kind. */
function inspectStrange(
  inspection: Inspection,
  { kind, ids, functionName }: Pair,
  sources: readonly CallSource[],
): void {
  const known = sources.filter(({ functions }) => functions.includes(functionName ?? ""));
  if (known.length === 0) inspection.skip(`ChainCall ${kind}`, "unknownKind", { count: 1 });
  else {
    const place = { table: "ChainCall", row: ids ?? "", field: "kind" };
    inspection.equal(place, known.map((source) => source.kind).join(" or "), kind);
  }
}

function comparePair(inspection: Inspection, pair: Pair, table: string): void {
  const { kind, ref, ids, call, isWanted, states, attempts } = pair;
  const place = {
    community: pair.community ?? undefined,
    table: "ChainCall",
    row: ids ?? `${kind} ${ref}`,
  };
  if (!isWanted) return inspection.extra(place, `ref ${ref}`);
  if (states && !isCounted(attempts!)) {
    inspection.equal({ ...place, field: "ref" }, "attempts from 0 on", attempts);
  }
  if (call === null || agrees(call, states ?? [])) return;
  if (!states) inspection.missing(place);
  else inspection.equal({ ...place, field: "state" }, call, states.join(" "));
  inspection.equal({ ...place, table, row: ref, field: "state" }, states ?? "none", call);
}

/** Attempts are counted from 0; a call that is made once has no number. */
const isCounted = (attempts: readonly (number | null)[]): boolean =>
  attempts.every((attempt, i) => attempt === (attempts[0] === null ? null : i));

function agrees(call: Outcome, states: readonly ChainCall["state"][]): boolean {
  if (call === "pending") return states.includes("waiting") || states.includes("sent");
  if (call === "done") return states.includes("mined");
  return states.includes("failed") && !states.includes("mined");
}

/** An incident is named by the digest of what it says. */
export async function inspectIncidents({ snapshot, inspection }: FsckContext): Promise<void> {
  // As text: JSON keeps no order of names, the digest does, and PostgreSQL's own order is by length.
  const sql = `SELECT * FROM "ChainIncident" ORDER BY "id"`;
  for await (const row of snapshot.stream<ChainIncident>(sql)) {
    inspection.count("ChainIncident");
    const place = { table: "ChainIncident", row: String(row.id), field: "code, params or digest" };
    const digests = orders(row.params as Record<string, unknown>).map((params) =>
      keccak256(stringToHex(JSON.stringify([row.code, params]))),
    );
    if (!digests.includes(row.digest as (typeof digests)[number])) {
      inspection.equal(place, digests[0], row.digest);
    }
  }
}

/** All orders in which an object's few fields can have been written. */
function orders(object: Record<string, unknown>): Record<string, unknown>[] {
  const permute = <T>(items: readonly T[]): T[][] =>
    items.length < 2
      ? [[...items]]
      : items.flatMap((item, i) => permute(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
  return permute(Object.entries(object)).map((entries) => Object.fromEntries(entries));
}
