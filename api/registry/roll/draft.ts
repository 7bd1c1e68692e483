import type { Hex } from "viem";
import { canonicalBytes } from "../../../protocol/anchor/json.ts";
import { encodeLines } from "../../../protocol/anchor/lines.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import { toPublishedLine } from "../../../protocol/registry/lines.ts";
import type { RollMessage } from "../../../protocol/registry/messages.ts";
import type { RandomBytes } from "../../../protocol/registry/permutation.ts";
import { buildingsHash, freezeRoll } from "../../../protocol/registry/roll.ts";
import type { FrozenRoll } from "../../../protocol/registry/roll.ts";
import { toInstant } from "../../clock.ts";
import { DomainError } from "../../http/errors.ts";
import type { ImportContent } from "../import/imports.ts";
import { toVotingUnits } from "../import/report.ts";
import type { VotingUnit } from "../import/report.ts";

/** Which part of a community decides; without lists, all of it. */
export interface RollScope {
  /** In words, for the record: 全小区, 3幢. */
  scope: string;
  buildings?: readonly string[] | undefined;
  entrances?: readonly { building: string; entrance: string }[] | undefined;
}

/** A roll worked out, with the two documents that go with it. */
export interface RollDraft {
  frozen: FrozenRoll<VotingUnit>;
  lines: Uint8Array<ArrayBuffer>;
  source: Uint8Array<ArrayBuffer>;
}

/** The contract numbers voters with 16 bits. */
const MAX_VOTERS = 65_535;

/** Merges, draws and salts. Takes a second or so for a large community, so it runs before any transaction. */
export function draftRoll(
  content: ImportContent,
  scope: RollScope,
  random: RandomBytes,
): RollDraft {
  const units = toVotingUnits(content.units, content.rules).filter((unit) =>
    isInScope(unit, scope),
  );
  if (units.length === 0) throw new DomainError("RollScopeEmpty");
  const frozen = freezeRoll(units, random, content.rules.developer);
  if (frozen.voters.length > MAX_VOTERS) {
    throw new DomainError("RollTooLarge", { voters: frozen.voters.length, max: MAX_VOTERS });
  }
  const lines = encodeLines(frozen.lines.map(toPublishedLine));
  return { frozen, lines, source: encodeSource(units) };
}

function isInScope(
  { building, entrance }: VotingUnit,
  { buildings, entrances }: RollScope,
): boolean {
  if (!buildings && !entrances) return true;
  const isListed = entrances?.some((row) => row.building === building && row.entrance === entrance);
  return buildings?.includes(building) === true || isListed === true;
}

/** The imported table as everybody may see it: no owner, no identity. */
export const encodeSource = (units: readonly VotingUnit[]): Uint8Array<ArrayBuffer> =>
  canonicalBytes(
    units.map(({ source: { building, entrance, number, areaE4, use, unsold } }) => ({
      building,
      entrance,
      number,
      area: fromAreaE4(areaE4),
      use,
      unsold,
    })),
  );

export interface RecordInput {
  communityId: string;
  number: number;
  scope: string;
  draft: RollDraft;
  /** Hashes of the two documents. */
  lines: Hex;
  source: Hex;
  now: Date;
}

export function toRollRecord(input: RecordInput): RecordOf<"roll"> {
  const { frozen } = input.draft;
  return {
    v: 1,
    type: "roll",
    community: input.communityId,
    at: toInstant(input.now),
    roll: input.number,
    scope: input.scope,
    source: input.source,
    voters: frozen.voters.length,
    totalArea: fromAreaE4(frozen.totalAreaE4),
    buildings: frozen.buildings.map(({ building, units, heads, areaE4 }) => {
      return { building, units, heads, area: fromAreaE4(areaE4) };
    }),
    linesRoot: frozen.linesRoot,
    lines: input.lines,
    areas: frozen.areas,
  };
}

export function toRollMessage(number: number, record: Hex, frozen: FrozenRoll): RollMessage {
  return {
    roll: BigInt(number),
    record,
    linesRoot: frozen.linesRoot,
    areas: frozen.areas,
    areaBytes: frozen.areaBytes,
    voters: frozen.voters.length,
    totalArea: frozen.totalAreaE4,
    buildings: buildingsHash(frozen.buildings),
  };
}

export const cryptoRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
