import { CountError } from "../assembly/count/error.ts";
import { parseJson, requireDistinctKeys } from "../assembly/count/json.ts";
import { AreaError, toAreaE4 } from "../registry/area.ts";
import {
  type ApportionFault,
  ApportionError,
  type ChargedUnit,
  apportion,
  toFactorE6,
} from "./apportion.ts";
import { MoneyError, fromFen, toFen } from "./money.ts";

/** Why a case cannot be apportioned. */
export type CaseFault =
  | ApportionFault
  | "MalformedJson"
  | "InvalidUtf8"
  | "LineTooLong"
  | "NotAnObject"
  | "NotAnArray"
  | "FieldUnknown"
  | "FieldMissing"
  | "FieldDuplicate"
  | "IdInvalid"
  | "UnitIdInvalid"
  | "RuleUnknown";

/** The shares of one case, in the order of its units. */
export type CaseShares = {
  id: string | number;
  shares: { id: string; amount: string }[];
  total: string;
};

/** A case that cannot be apportioned, and why; the id where it could be read. */
export type CaseFailure = {
  id?: string | number;
  error: { code: CaseFault; path?: string; message: string };
};

class CaseError extends Error {
  readonly code: CaseFault;
  readonly path: string | undefined;

  constructor(code: CaseFault, path?: string) {
    super(code);
    this.code = code;
    this.path = path;
  }
}

const MESSAGES: Record<CaseFault, string> = {
  MalformedJson: "not a JSON text",
  InvalidUtf8: "the line is not UTF-8 text",
  LineTooLong: "the line is too long",
  NotAnObject: "must be an object",
  NotAnArray: "must be an array",
  FieldUnknown: "no such field",
  FieldMissing: "must be given",
  FieldDuplicate: "given twice",
  IdInvalid: "must be a text or an integer",
  UnitIdInvalid: "must be a text that is not empty",
  RuleUnknown: 'must be "area"',
  AmountInvalid:
    'must be yuan as decimal text such as "98.50", not negative, with at most two decimals',
  UnitsMissing: "at least one unit must be given",
  UnitDuplicate: "the unit is given twice",
  AreaInvalid: 'must be m² as decimal text such as "98.5", with at most four decimals',
  FactorInvalid: 'must be a decimal text such as "1.25", below 1000000, with at most six decimals',
  WeightZero: "area times factor is zero for all units together",
};

const PATH_LIMIT = 60;
const CASE_FIELDS = new Set(["id", "amount", "units", "rule"]);
const UNIT_FIELDS = new Set(["id", "area", "factor"]);

type Fields = Readonly<Record<string, unknown>>;

/** Apportions the case in one JSON text; never throws for a bad one. */
export function apportionLine(text: string): CaseShares | CaseFailure {
  let value: unknown;
  try {
    value = parseJson(text);
    requireDistinctKeys(text, value);
    return apportionCase(value);
  } catch (error) {
    const fault = toCaseError(error);
    return toCaseFailure(fault.code, { path: fault.path, id: findId(value) });
  }
}

/** The error object of a case that cannot be apportioned. */
export function toCaseFailure(
  code: CaseFault,
  { path, id }: { path?: string | undefined; id?: string | number | undefined } = {},
): CaseFailure {
  return {
    ...(id === undefined ? {} : { id }),
    error: { code, ...(path === undefined ? {} : { path }), message: MESSAGES[code] },
  };
}

function apportionCase(value: unknown): CaseShares {
  const fields = requireFields(value, CASE_FIELDS, "");
  const id = readId(fields["id"]);
  if (require(fields["rule"], "rule") !== "area") throw new CaseError("RuleUnknown", "rule");
  const amountFen = readAt("amount", () =>
    toFen(requireText(fields["amount"], "amount", "AmountInvalid")),
  );
  const { shares } = apportion(amountFen, readUnits(fields["units"]));
  return {
    id,
    shares: shares.map((share) => ({ id: share.unit, amount: fromFen(share.amountFen) })),
    total: fromFen(shares.reduce((sum, share) => sum + share.amountFen, 0n)),
  };
}

function readUnits(value: unknown): ChargedUnit[] {
  if (!Array.isArray(require(value, "units"))) throw new CaseError("NotAnArray", "units");
  return (value as unknown[]).map((unit, i) => readUnit(unit, `units.${i}`));
}

function readUnit(value: unknown, path: string): ChargedUnit {
  const { id, area, factor = "1" } = requireFields(value, UNIT_FIELDS, path);
  const unit = requireText(id, `${path}.id`, "UnitIdInvalid");
  if (unit === "") throw new CaseError("UnitIdInvalid", `${path}.id`);
  const areaE4 = readAt(`${path}.area`, () =>
    toAreaE4(requireText(area, `${path}.area`, "AreaInvalid")),
  );
  const factorE6 = readAt(`${path}.factor`, () =>
    toFactorE6(requireText(factor, `${path}.factor`, "FactorInvalid")),
  );
  return { unit, areaE4, factorE6 };
}

function requireFields(value: unknown, allowed: ReadonlySet<string>, path: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CaseError("NotAnObject", path === "" ? undefined : path);
  }
  for (const key of Object.keys(value)) {
    if (allowed.has(key)) continue;
    const name = key.slice(0, PATH_LIMIT);
    throw new CaseError("FieldUnknown", path === "" ? name : `${path}.${name}`);
  }
  return value as Fields;
}

function require(value: unknown, path: string): unknown {
  if (value === undefined) throw new CaseError("FieldMissing", path);
  return value;
}

/** A number is refused like any other thing that is no text: JSON's numbers cannot hold every amount. */
function requireText(value: unknown, path: string, code: CaseFault): string {
  if (typeof require(value, path) !== "string") throw new CaseError(code, path);
  return value as string;
}

function readId(value: unknown): string | number {
  if (isId(require(value, "id"))) return value as string | number;
  throw new CaseError("IdInvalid", "id");
}

const isId = (value: unknown): value is string | number =>
  typeof value === "string" || Number.isSafeInteger(value);

function findId(value: unknown): string | number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id } = value as Fields;
  return isId(id) ? id : undefined;
}

function readAt<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof CaseError) throw error;
    throw new CaseError(toCaseError(error).code, path);
  }
}

function toCaseError(error: unknown): CaseError {
  if (error instanceof CaseError) return error;
  if (error instanceof MoneyError || error instanceof AreaError) return new CaseError(error.code);
  if (error instanceof ApportionError) {
    const path = error.at === undefined ? undefined : `units.${error.at}`;
    return new CaseError(error.code, error.code === "UnitsMissing" ? "units" : path);
  }
  if (error instanceof CountError) return new CaseError(error.code as CaseFault, error.path);
  throw error;
}
