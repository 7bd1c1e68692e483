import { type Hex, hexToBigInt } from "viem";
import { layouts } from "../../abi/layout.ts";
import { ORIGIN, SELF_SEALED } from "../../assembly/ballot.ts";
import { toTallyWord } from "../../assembly/tally.ts";
import { eventsNamed } from "../events.ts";
import { type Evidence, anchoredHeads, rollOf, timeOf } from "../evidence.ts";
import type { MotionTally } from "../standing.ts";
import { type Located, type Step, locate } from "./place.ts";

// What the contracts must hold after the events that are known. Where they hold something else,
// an event is missing or was made up.

type ContractName = keyof typeof layouts;

/** A value that a contract must hold; `expected` is undefined where it could not be worked out. */
export type WantedValue = {
  contract: ContractName;
  name: string;
  place: Located;
  expected: bigint | undefined;
};

/** What the recount came to, where it could be made. */
export type Counted = { tallies: readonly MotionTally[]; voted: readonly number[] };

/** The part of a verification's evidence that says what the contracts hold. */
export type StateEvidence = Pick<
  Evidence,
  "registry" | "anchor" | "assembly" | "blocks" | "transactions" | "meeting"
>;

/** What a value must be; undefined where that cannot be told. */
export type Expected = bigint | number | boolean | Hex | undefined;

function toBigInt(value: Exclude<Expected, undefined>): bigint {
  return typeof value === "string" ? hexToBigInt(value) : BigInt(value);
}

/** A value by its place in a contract. */
export function want(
  contract: ContractName,
  path: readonly [string, ...Step[]],
  expected: Expected,
): WantedValue {
  const name = path.map((step) => (typeof step === "object" ? step.key.slice(0, 10) : step));
  return {
    contract,
    name: name.join(".").replace(/^_/, ""),
    place: locate(layouts[contract], path),
    expected: expected === undefined ? undefined : toBigInt(expected),
  };
}

/** The head that the Anchor holds. */
export function wantAnchor(evidence: Pick<Evidence, "anchor" | "blocks">): WantedValue[] {
  const last = anchoredHeads(evidence).at(-1);
  return [
    want("anchor", ["_head", "size"], last?.size ?? 0),
    want("anchor", ["_head", "root"], last?.root ?? 0),
    want("anchor", ["_head", "anchoredAt"], last ? timeOf(evidence, last.log) : 0),
  ];
}

/** How often the officers were changed: those of the deployment itself are not changes. */
function countChanges({
  registry,
  transactions,
}: Pick<Evidence, "registry" | "transactions">): number | undefined {
  const hashes = eventsNamed(registry, "OfficerSet").map(({ log }) => log.transactionHash);
  const found = hashes.map((hash) => transactions.get(hash));
  return found.some((transaction) => !transaction)
    ? undefined
    : found.filter((transaction) => transaction!.to !== null).length;
}

/** Who holds which roles, and how often that was changed. */
export function wantOfficers(evidence: Pick<Evidence, "registry" | "transactions">): WantedValue[] {
  const named = eventsNamed(evidence.registry, "AssemblySet").at(-1)?.args.assemblyAddress;
  const roles = new Map(
    eventsNamed(evidence.registry, "OfficerSet").map(({ args }) => [args.officerId, args.roles]),
  );
  return [
    want("registry", ["_assembly"], named ?? 0),
    want("registry", ["_officerNonce"], countChanges(evidence)),
    ...[...roles].map(([key, value]) => want("registry", ["_roles", { key }], value)),
  ];
}

/** Bits set in words of 256, as contracts keep them. */
function toWords(bits: readonly number[], count: number): bigint[] {
  const words = Array.from({ length: count }, () => 0n);
  for (const bit of bits) {
    const word = Math.floor(bit / 256);
    if (word < count) words[word]! |= 1n << BigInt(bit % 256);
  }
  return words;
}

function wantPage(evidence: StateEvidence, roll: bigint, page: bigint): WantedValue[] {
  const isHere = ({ args }: { args: { roll: bigint; page: bigint } }): boolean =>
    args.roll === roll && args.page === page;
  const { store, kind, count } = eventsNamed(evidence.registry, "KeysBound").find(isHere)!.args;
  const revoked = eventsNamed(evidence.registry, "KeyRevoked").filter(isHere);
  const positions = revoked.map(({ args }) => Number(args.position));
  const words = toWords(positions, Math.ceil(Number(count) / 256));
  const path = ["_keyPages", roll, page] as const;
  return [
    want("registry", [...path, "store"], store),
    want("registry", [...path, "kind"], kind),
    want("registry", [...path, "count"], count),
    want("registry", [...path, "revoked"], revoked.length),
    ...words.map((bits, word) => want("registry", ["_revoked", roll, page, BigInt(word)], bits)),
  ];
}

function wantRoll(evidence: StateEvidence, roll: bigint): WantedValue[] {
  const isHere = ({ args }: { args: { roll: bigint } }): boolean => args.roll === roll;
  const frozen = eventsNamed(evidence.registry, "RollFrozen").find(isHere);
  const bound = eventsNamed(evidence.registry, "KeysBound").filter(isHere);
  const assigned = eventsNamed(evidence.registry, "RollAssigned").filter(isHere).at(-1);
  if (!frozen) return [];
  const { voters, totalArea, areaBytes } = frozen.args.terms;
  const kept = { voters, totalArea, areaBytes, keyPages: bound.length };
  const keysUntil = assigned?.args.keysUntil ?? 0n;
  return [
    ...Object.entries({ ...kept, keysUntil }).map(([field, value]) =>
      want("registry", ["_rolls", roll, field], value),
    ),
    ...bound.flatMap(({ args }) => wantPage(evidence, roll, args.page)),
  ];
}

/** The fields of the contract's `Meeting`, as the events leave them. */
function meetingFields(evidence: StateEvidence): Record<string, Expected> | undefined {
  const { assembly } = evidence;
  const convened = eventsNamed(assembly, "MeetingConvened")[0]?.args.convocation;
  if (!convened) return undefined;
  const extended = eventsNamed(assembly, "MeetingExtended").at(-1);
  const sealed = eventsNamed(assembly, "BatchSealed");
  const concluded = eventsNamed(assembly, "MeetingConcluded")[0];
  const lapsed = eventsNamed(assembly, "BatchLapsed").length;
  const items = convened.items.reduce((sum, item, i) => sum + (BigInt(item) << BigInt(4 * i)), 0n);
  return {
    opensAt: convened.opensAt,
    closesAt: extended?.args.closesAt ?? convened.closesAt,
    paperSeconds: convened.paperSeconds,
    revealSeconds: convened.revealSeconds,
    objectionSeconds: convened.objectionSeconds,
    motions: convened.items.length,
    conflict: convened.conflict,
    invalidParticipates: convened.invalidParticipates,
    batches: sealed.length,
    papers: sealed.filter(({ args }) => (args.origin & ~SELF_SEALED) === ORIGIN.paper).length,
    concludedAt: concluded ? timeOf(evidence, concluded.log) : 0,
    done: eventsNamed(assembly, "BatchCounted").length + lapsed,
    lapsed,
    singles: eventsNamed(assembly, "BallotCounted").length,
    roll: convened.roll,
    items,
  };
}

/** A convocation that two officers signed names the plans; the contract must have kept just these. */
function wantPlans({ assembly, meeting }: StateEvidence): WantedValue[] {
  const convened = eventsNamed(assembly, "MeetingConvened")[0]?.args.convocation;
  return (convened?.plans ?? []).map((plan, motion) =>
    want("assembly", ["_polls", BigInt(meeting), "plans", BigInt(motion)], plan),
  );
}

function wantCommitments({ assembly, meeting }: StateEvidence): WantedValue[] {
  return eventsNamed(assembly, "BatchSealed").map(({ args: { batch, root, origin } }) => {
    const commitment = (hexToBigInt(root) & ~0xffn) | BigInt(origin);
    return want("assembly", ["_polls", BigInt(meeting), "commitments", batch], commitment);
  });
}

function wantCount(
  { meeting }: StateEvidence,
  { motions, voters }: { motions: number; voters: number },
  counted: Counted | undefined,
): WantedValue[] {
  const poll = ["_polls", BigInt(meeting)] as const;
  const tallies = Array.from({ length: motions }, (_, motion) => {
    return (["own", "paper"] as const).map((origin) => {
      const expected = counted && toTallyWord(counted.tallies[motion]![origin]);
      const path = [...poll, "tallies", BigInt(motion), BigInt(ORIGIN[origin])] as const;
      return want("assembly", path, expected);
    });
  });
  const words = toWords(counted?.voted ?? [], Math.ceil(voters / 256));
  const voted = words.map((bits, word) =>
    want("assembly", [...poll, "counted", BigInt(word)], counted && bits),
  );
  return [...tallies.flat(), ...voted];
}

function wantMeeting(evidence: StateEvidence, counted: Counted | undefined): WantedValue[] {
  const fields = meetingFields(evidence);
  const roll = rollOf(evidence);
  if (!fields || roll === undefined) return [];
  const frozen = eventsNamed(evidence.registry, "RollFrozen").find(
    ({ args }) => args.roll === roll,
  );
  const size = { motions: Number(fields["motions"]), voters: frozen?.args.terms.voters ?? 0 };
  const path = ["_polls", BigInt(evidence.meeting), "meeting"] as const;
  return [
    ...Object.entries(fields).map(([field, value]) => want("assembly", [...path, field], value)),
    ...wantRoll(evidence, roll),
    ...wantPlans(evidence),
    ...wantCommitments(evidence),
    ...wantCount(evidence, size, counted),
  ];
}

/** Every value of the contracts that a meeting's verification compares. */
export function wantedValues(evidence: StateEvidence, counted?: Counted): WantedValue[] {
  return [...wantAnchor(evidence), ...wantOfficers(evidence), ...wantMeeting(evidence, counted)];
}
