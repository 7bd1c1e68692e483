import { AreaError, toAreaE4 } from "../../registry/area.ts";
import { CountError } from "./error.ts";
import type { Regime } from "./rule.ts";

/** The two things that are counted; each must pass by itself. */
export type Dimension = "heads" | "area";

/** Both dimensions in the order in which they are reported. */
export const DIMENSIONS = ["heads", "area"] as const satisfies readonly Dimension[];

/** One line of a notice: heads, and area in 1e-4 m²; null where the figure is unknown. */
export interface Figures {
  readonly heads: bigint | null;
  readonly area: bigint | null;
}

/** A vote as published, ready to be counted. */
export interface CountCase {
  readonly id: string | number;
  readonly regime: Regime;
  /** Item of Civil Code Art. 278 para. 1, 1 to 9, in both regimes. */
  readonly item: number;
  readonly total: Figures;
  /** What the notice prints for the returned ballots; null figures where it prints none. */
  readonly participating: Figures;
  readonly for: Figures;
  readonly against: Figures;
  readonly abstain: Figures;
  readonly invalid: Figures;
  readonly deliveredUnreturned: Figures;
  readonly rules: CountRules;
}

/** The settings of a community's rules of procedure that a count depends on. */
export interface CountRules {
  /** Whether an invalid ballot takes part (as an abstention does) or is ignored. */
  readonly invalid: "participates" | "ignored";
  /** Whether a ballot delivered and not returned joins the majority, beside the strict result. */
  readonly deemed: "none" | "majority";
}

type Fields = Readonly<Record<string, unknown>>;

const CASE_FIELDS = new Set([
  "id",
  "regime",
  "item",
  "total",
  "participating",
  "for",
  "against",
  "abstain",
  "invalid",
  "deliveredUnreturned",
  "rules",
]);
const FIGURE_FIELDS: ReadonlySet<string> = new Set(DIMENSIONS);
const RULE_FIELDS = new Set(["invalid", "deemed"]);
const UNKNOWN: Figures = { heads: null, area: null };
const NONE: Figures = { heads: 0n, area: 0n };
const PATH_LIMIT = 60;

/** Reads one case in the published form; throws CountError where the form or a figure is wrong. */
export function toCountCase(value: unknown): CountCase {
  const fields = requireFields(value, CASE_FIELDS, "");
  return {
    id: readId(fields["id"]),
    regime: readChoice(fields["regime"], ["civil-code", "property-law-2007"], "regime"),
    item: readItem(fields["item"]),
    total: readTotal(fields["total"]),
    participating: readFigures(fields["participating"], UNKNOWN, "participating"),
    for: readFigures(fields["for"], UNKNOWN, "for"),
    against: readFigures(fields["against"], UNKNOWN, "against"),
    abstain: readFigures(fields["abstain"], UNKNOWN, "abstain"),
    // A notice that has no such row had no such ballots; a row that cannot be read is unknown.
    invalid: readFigures(fields["invalid"], NONE, "invalid"),
    deliveredUnreturned: readFigures(fields["deliveredUnreturned"], NONE, "deliveredUnreturned"),
    rules: readRules(fields["rules"]),
  };
}

/** The id of a case that may otherwise be wrong, so that its error can name it. */
export function findCaseId(value: unknown): string | number | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const id = (value as Fields)["id"];
  return typeof id === "string" || Number.isSafeInteger(id) ? (id as string | number) : undefined;
}

function requireFields(value: unknown, allowed: ReadonlySet<string>, path: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CountError("NotAnObject", "must be an object", path === "" ? undefined : path);
  }
  for (const key of Object.keys(value)) {
    if (allowed.has(key)) continue;
    const name = key.slice(0, PATH_LIMIT);
    throw new CountError("FieldUnknown", "no such field", path === "" ? name : `${path}.${name}`);
  }
  return value as Fields;
}

function requirePresent(value: unknown, path: string): void {
  if (value === undefined) throw new CountError("FieldMissing", "must be given", path);
}

function readId(value: unknown): string | number {
  requirePresent(value, "id");
  if (typeof value === "string" || Number.isSafeInteger(value)) return value as string | number;
  throw new CountError("IdInvalid", "must be a text or an integer", "id");
}

function readItem(value: unknown): number {
  requirePresent(value, "item");
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 9)
    return value;
  throw new CountError(
    "ItemUnknown",
    "must be an item of Art. 278, an integer from 1 to 9",
    "item",
  );
}

function readChoice<T extends string>(value: unknown, choices: readonly T[], path: string): T {
  requirePresent(value, path);
  const choice = choices.find((known) => known === value);
  if (choice !== undefined) return choice;
  const code = path === "regime" ? "RegimeUnknown" : "RuleUnknown";
  throw new CountError(code, `must be one of ${choices.join(", ")}`, path);
}

function readRules(value: unknown): CountRules {
  requirePresent(value, "rules");
  const fields = requireFields(value, RULE_FIELDS, "rules");
  return {
    invalid: readChoice(fields["invalid"], ["participates", "ignored"], "rules.invalid"),
    deemed: readChoice(fields["deemed"], ["none", "majority"], "rules.deemed"),
  };
}

function readTotal(value: unknown): Figures {
  requirePresent(value, "total");
  const total = readFigures(value, UNKNOWN, "total");
  for (const dimension of DIMENSIONS) {
    // Without owners every share would be 0/0 and "three quarters or more" would pass.
    if (total[dimension] === 0n) {
      throw new CountError(
        "TotalEmpty",
        "a scope without owners cannot vote",
        `total.${dimension}`,
      );
    }
  }
  return total;
}

function readFigures(value: unknown, missing: Figures, path: string): Figures {
  if (value === undefined) return missing;
  if (value === null) return UNKNOWN;
  const fields = requireFields(value, FIGURE_FIELDS, path);
  return { heads: readHeads(fields["heads"], path), area: readArea(fields["area"], path) };
}

function readHeads(value: unknown, path: string): bigint | null {
  if (value === null || value === undefined) return null;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return BigInt(value as number);
  throw new CountError("HeadsInvalid", "must be an integer of 0 or more, or null", `${path}.heads`);
}

function readArea(value: unknown, path: string): bigint | null {
  if (value === null || value === undefined) return null;
  try {
    if (typeof value === "string") return toAreaE4(value);
  } catch (error) {
    if (!(error instanceof AreaError)) throw error;
  }
  throw new CountError(
    "AreaInvalid",
    'must be a decimal text in m² with at most four decimals, as "98.5", or null',
    `${path}.area`,
  );
}
