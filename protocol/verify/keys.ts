import { type Hex, hashTypedData, keccak256, size } from "viem";
import { registryAbi } from "../abi/registry.ts";
import type { KeyPlace } from "../assembly/ballot.ts";
import { KEY_KIND, type KeyKind } from "../registry/keys.ts";
import { keysTypedData, revokeTypedData } from "../registry/messages.ts";
import { type Binding, cloneArgs, decodeKeyPage, entryBytes } from "../registry/pages.ts";
import { type RegistryEvent, compareLogs, eventsNamed, readCall } from "./events.ts";
import { type Evidence, recordsOf } from "./evidence.ts";
import { findAttestationFault } from "./officers.ts";
import type { Checks } from "./report.ts";
import type { ChainLog } from "./source.ts";

type Bound = Extract<RegistryEvent, { eventName: "KeysBound" }>;
type Revoked = Extract<RegistryEvent, { eventName: "KeyRevoked" }>;
type Page = { kind: KeyKind; bindings: Binding[] };

/** The keys of a roll by page and position. A page that could not be read, or is not what was signed, is not there. */
export type KeyRing = {
  pages: Map<number, Page>;
  /** Pages that the chain has, readable or not. */
  bound: Set<number>;
  isRevokedAt(place: KeyPlace, log: ChainLog): boolean;
};

export function toKind(kind: number): KeyKind {
  return kind === KEY_KIND.secp256k1 ? KEY_KIND.secp256k1 : KEY_KIND.p256;
}

function readEntries({ code }: Evidence, { args }: Bound): Hex | undefined {
  const own = code.get(args.store.toLowerCase() as Hex);
  try {
    return own && cloneArgs(own);
  } catch {
    return "0x";
  }
}

async function findFault(evidence: Evidence, { args, log }: Bound, entries: Hex) {
  const { registry, chainId } = evidence.info;
  const { transactions } = evidence;
  const call = readCall(registryAbi, log, { names: ["bindKeys"], transactions });
  if (!call.functionName) return call.fault;
  const { roll, page, kind } = args;
  const message = { roll, page, kind, entries: keccak256(entries) };
  const digest = hashTypedData(keysTypedData({ chainId, contract: registry }, message));
  const act = {
    digest,
    roles: ["registrar", "committee"],
    attestations: call.args[3],
    log,
  } as const;
  return findAttestationFault(evidence, act);
}

/** What the page says of itself: so many whole entries, sorted by voter. */
function describe(bindings: readonly Binding[]) {
  const sorted = bindings.every(({ voter }, i) => i === 0 || bindings[i - 1]!.voter <= voter);
  return { count: bindings.length, sorted };
}

async function checkPage(
  evidence: Evidence,
  bound: Bound,
  checks: Checks,
): Promise<Page | undefined> {
  const name = "keyPage";
  const subject = String(bound.args.page);
  const entries = readEntries(evidence, bound);
  if (entries === undefined) {
    checks.skip(name, subject, "missing");
    return undefined;
  }
  const kind = toKind(bound.args.kind);
  const bindings = size(entries) % entryBytes(kind) === 0 ? decodeKeyPage(kind, entries) : [];
  const page = { kind, bindings };
  const fault = await findFault(evidence, bound, entries);
  if (fault === "missing" || fault === "notDirectCall" || fault === "unknownVerifier") {
    checks.skip(name, subject, fault);
    return page;
  }
  if (fault) return void checks.faultless(name, subject, fault);
  const expected = { count: Number(bound.args.count), sorted: true };
  return checks.equal({ name, subject, expected, found: describe(bindings) }) ? page : undefined;
}

/** Every bound page is published: the record of the page names its kind, count and entries. */
function checkRecord(
  evidence: Evidence,
  bound: Bound,
  proven: ReadonlySet<number>,
  checks: Checks,
): void {
  const page = Number(bound.args.page);
  const entries = readEntries(evidence, bound);
  const roll = Number(bound.args.roll);
  const published = recordsOf(evidence, "keys").filter(
    ({ record }) => record.roll === roll && record.page === page,
  );
  const last = published.filter(({ index }) => proven.has(index)).at(-1)?.record;
  if (!last || !entries) {
    const detail = published.length === 0 ? "notPublished" : "dependsOnFailed";
    checks.skip("keyRecord", page, entries ? detail : "missing");
    return;
  }
  const { kind, count } = bound.args;
  const expected = { kind, count: Number(count), entries: keccak256(entries) };
  const found = { kind: last.kind, count: last.count, entries: last.entries };
  checks.equal({ name: "keyRecord", subject: page, expected, found });
}

const placeName = (place: KeyPlace): string => `${place.page}/${place.position}`;

/** A key may stand only once in a roll; a second binding must have been revoked. */
function checkUnique(ring: KeyRing, revoked: ReadonlySet<string>, checks: Checks): void {
  if (ring.pages.size < ring.bound.size) {
    checks.skip("keysUnique", "", "dependsOnFailed");
    return;
  }
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [page, { kind, bindings }] of [...ring.pages].sort(([a], [b]) => a - b)) {
    bindings.forEach(({ keyId }, position) => {
      const name = placeName({ page, position });
      if (revoked.has(name)) return;
      const key = `${kind} ${keyId}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, name);
      else twice.push(`${first}=${name}`);
    });
  }
  checks.equal({ name: "keysUnique", expected: "", found: twice.join(" ") });
}

function isDuplicate({ pages }: KeyRing, { args }: Revoked): boolean {
  const page = pages.get(Number(args.page));
  const keyId = page?.bindings[Number(args.position)]?.keyId;
  return [...pages].some(([number, other]) =>
    other.bindings.some((binding, position) => {
      const earlier =
        number < Number(args.page) ||
        (number === Number(args.page) && position < Number(args.position));
      return earlier && other.kind === page?.kind && binding.keyId === keyId;
    }),
  );
}

async function checkRevocation(evidence: Evidence, ring: KeyRing, event: Revoked, checks: Checks) {
  const { args, log } = event;
  const subject = placeName({ page: Number(args.page), position: Number(args.position) });
  if (args.duplicate) {
    const comparison = {
      expected: "duplicate",
      found: isDuplicate(ring, event) ? "duplicate" : "",
    };
    return checks.equal({ name: "keyRevoked", subject, ...comparison });
  }
  const { registry, chainId } = evidence.info;
  const { transactions } = evidence;
  const call = readCall(registryAbi, log, { names: ["revokeKey"], transactions });
  if (!call.functionName) return checks.faultless("keyRevoked", subject, call.fault);
  const { roll, page, position } = args;
  const typed = revokeTypedData({ chainId, contract: registry }, { roll, page, position });
  const act = { digest: hashTypedData(typed), roles: ["registrar", "committee"] } as const;
  const fault = await findAttestationFault(evidence, { ...act, attestations: call.args[2], log });
  return checks.faultless("keyRevoked", subject, fault);
}

/** The keys are those that two officers bound, each stands once, and who was revoked was revoked rightly. */
export async function checkKeys(
  evidence: Evidence,
  { roll, proven }: { roll: bigint; proven: ReadonlySet<number> },
  checks: Checks,
): Promise<KeyRing> {
  const bound = eventsNamed(evidence.registry, "KeysBound").filter(
    ({ args }) => args.roll === roll,
  );
  const revoked = eventsNamed(evidence.registry, "KeyRevoked").filter(
    ({ args }) => args.roll === roll,
  );
  const revokedAt = new Map(
    revoked.map(({ args: { page, position }, log }) => [`${page}/${position}`, log]),
  );
  const ring: KeyRing = {
    pages: new Map(),
    bound: new Set(bound.map(({ args }) => Number(args.page))),
    isRevokedAt(place, log) {
      const revocation = revokedAt.get(placeName(place));
      return revocation !== undefined && compareLogs(revocation, log) < 0;
    },
  };
  for (const event of bound) {
    const page = await checkPage(evidence, event, checks);
    if (page) {
      ring.pages.set(Number(event.args.page), page);
      checkRecord(evidence, event, proven, checks);
    } else checks.skip("keyRecord", Number(event.args.page), "dependsOnFailed");
  }
  checkUnique(ring, new Set(revokedAt.keys()), checks);
  for (const event of revoked) await checkRevocation(evidence, ring, event, checks);
  return ring;
}
