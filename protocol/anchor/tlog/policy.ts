import { bytesToHex } from "viem";
import { NoteInvalid } from "./fault.ts";
import { type KeyType, type VerifierKey, equalKeys, parseVerifierKey } from "./key.ts";
import type { SignatureCheck } from "./signature.ts";

// Whose cosignatures are wanted: c2sp.org/tlog-policy.

/** A log or a witness that a policy names, and where it answers. */
export type PolicyParty = { name: string; key: VerifierKey; url?: string };

/** At least `threshold` of `members` (names of witnesses or groups). */
export type PolicyGroup = { name: string; threshold: number; members: string[] };

/** A policy file taken apart. `quorum` names a witness or a group; `none` asks for nothing. */
export type Policy = {
  logs: PolicyParty[];
  witnesses: PolicyParty[];
  groups: PolicyGroup[];
  quorum: string;
};

const NONE = "none";
const KEYWORDS = [NONE, "all", "any"];
const MAX_LINES = 1000;

type Draft = Omit<Policy, "quorum"> & { quorum?: string; used: Set<string> };

function fail(line: number): never {
  throw new NoteInvalid("badPolicy", `line ${line}`);
}

function isDefined({ witnesses, groups }: Omit<Policy, "quorum">, name: string): boolean {
  return [...witnesses, ...groups].some((one) => one.name === name);
}

function requireFreshKey(parties: readonly PolicyParty[], key: VerifierKey, line: number): void {
  const hex = bytesToHex(key.publicKey);
  if (parties.some((party) => bytesToHex(party.key.publicKey) === hex)) fail(line);
}

function parseKey(text: string | undefined, type: KeyType, line: number): VerifierKey {
  if (text === undefined) fail(line);
  const key = parseVerifierKey(text);
  return key.type === type ? key : fail(line);
}

function toThreshold(wanted: string, members: number): number {
  if (wanted === "all") return members;
  if (wanted === "any") return 1;
  return /^[1-9]\d{0,3}$/.test(wanted) ? Number(wanted) : 0;
}

type LineReader = (draft: Draft, words: string[], line: number) => void;

const READERS: Record<string, LineReader> = {
  log(draft, [vkey, url, ...rest], line) {
    if (rest.length > 0) fail(line);
    const key = parseKey(vkey, "ed25519", line);
    requireFreshKey(draft.logs, key, line);
    draft.logs.push({ name: key.name, key, ...(url === undefined ? {} : { url }) });
  },
  witness(draft, [name = "", vkey, url, ...rest], line) {
    if (rest.length > 0 || KEYWORDS.includes(name) || isDefined(draft, name)) fail(line);
    const key = parseKey(vkey, "cosignature", line);
    requireFreshKey(draft.witnesses, key, line);
    draft.witnesses.push({ name, key, ...(url === undefined ? {} : { url }) });
  },
  group(draft, [name = "", wanted = "", ...members], line) {
    if (name === "" || KEYWORDS.includes(name) || isDefined(draft, name)) fail(line);
    if (members.length === 0 || !members.every((member) => isDefined(draft, member))) fail(line);
    for (const member of members) {
      if (draft.used.has(member)) fail(line);
      draft.used.add(member);
    }
    const threshold = toThreshold(wanted, members.length);
    if (threshold < 1 || threshold > members.length) fail(line);
    draft.groups.push({ name, threshold, members });
  },
  quorum(draft, [name = "", ...rest], line) {
    const isKnown = name === NONE || isDefined(draft, name);
    if (rest.length > 0 || draft.quorum !== undefined || !isKnown) fail(line);
    draft.quorum = name;
  },
};

/** Reads a policy file; throws `NoteInvalid` that names the line. */
export function parsePolicy(text: string): Policy {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw new NoteInvalid("badPolicy");
  const lines = text.split("\n");
  if (lines.length > MAX_LINES) throw new NoteInvalid("tooLong");
  const draft: Draft = { logs: [], witnesses: [], groups: [], used: new Set() };
  for (const [i, line] of lines.entries()) {
    const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== "");
    if (keyword === undefined || keyword.startsWith("#")) continue;
    const read = Object.hasOwn(READERS, keyword) ? READERS[keyword] : undefined;
    if (!read) fail(i + 1);
    read(draft, words, i + 1);
  }
  const { quorum, logs, witnesses, groups } = draft;
  if (quorum === undefined) throw new NoteInvalid("badPolicy", "no quorum");
  return { logs, witnesses, groups, quorum };
}

/** Where a policy stands with one checkpoint. */
export type Quorum = {
  /** The policy's quorum is there. */
  isReached: boolean;
  /** The names of the witnesses that have cosigned. */
  cosigned: string[];
  /** And of those that have not. */
  missing: string[];
};

/** Holds the verified signatures of a checkpoint against a policy. */
export function checkQuorum(policy: Policy, signatures: readonly SignatureCheck[]): Quorum {
  const sound = signatures.flatMap(({ status, key }) => (status === "ok" && key ? [key] : []));
  const has = ({ key }: PolicyParty): boolean => sound.some((one) => equalKeys(one, key));
  const cosigned = policy.witnesses.filter(has).map(({ name }) => name);
  const standing = new Set(cosigned);
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => standing.has(member)).length >= threshold) standing.add(name);
  }
  const missing = policy.witnesses.filter((one) => !has(one)).map(({ name }) => name);
  return { isReached: policy.quorum === NONE || standing.has(policy.quorum), cosigned, missing };
}
