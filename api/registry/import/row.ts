import { unitId } from "../../../protocol/registry/lines.ts";
import {
  isUnsoldWord,
  readArea,
  readNames,
  readNumber,
  readNumbers,
  readPlace,
  readUnsold,
  readUse,
} from "./cells.ts";
import type { Use } from "./cells.ts";
import type { Field, Header } from "./columns.ts";
import { readIdentity } from "./identity.ts";
import type { Identity } from "./identity.ts";
import type { Line } from "../../table.ts";

export interface ImportedOwner {
  name: string;
  identity: Identity;
  phone: string | undefined;
}

/** One accepted line of the table. Personal data: never logged, never in an error. */
export interface ImportedUnit {
  line: number;
  building: string;
  entrance: string;
  number: string;
  /** Community-wide id. */
  unit: string;
  areaE4: bigint;
  use: Use;
  unsold: boolean;
  owners: ImportedOwner[];
}

/** Why a line was rejected. */
export const LINE_FAULTS = [
  "BuildingMissing",
  "NumberMissing",
  "PlaceTooLong",
  "AreaMissing",
  "AreaMalformed",
  "AreaNotPositive",
  "AreaTooManyDecimals",
  "UseUnknown",
  "SaleStateUnknown",
  "OwnerMissing",
  "OwnerTwice",
  "IdentityMissing",
  "IdentityInvalid",
  "IdentityCountDiffers",
  "UnitDuplicate",
  "LineNotUnderstood",
  "TotalAreaDiffers",
  "TotalUnitsDiffer",
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

/** What is accepted but should be looked at. */
export const LINE_WARNINGS = ["IdentityKindUnchecked", "OwnerNameDiffers", "UseAssumed"] as const;
export type LineWarning = (typeof LINE_WARNINGS)[number];

export interface Remark<Code extends string> {
  line: number;
  code: Code;
  /** Figures and column names only. */
  params: Record<string, string | number>;
}

export interface ReadRow {
  unit: ImportedUnit | undefined;
  faults: Remark<LineFault>[];
  warnings: Remark<LineWarning>[];
}

const MAX_PLACE_LENGTH = 40;

/** Collects what is wrong with one line. */
class Remarks {
  readonly faults: Remark<LineFault>[] = [];
  readonly warnings: Remark<LineWarning>[] = [];
  readonly #line: number;

  constructor(line: number) {
    this.#line = line;
  }

  fault(code: LineFault, params: Record<string, string | number> = {}): void {
    this.faults.push({ line: this.#line, code, params });
  }

  warn(code: LineWarning, params: Record<string, string | number> = {}): void {
    this.warnings.push({ line: this.#line, code, params });
  }
}

export function cellOf(line: Line, header: Header, field: Field): string {
  const at = header.columns[field];
  return at === undefined ? "" : (line.cells[at] ?? "");
}

/** Reads one line; every fault of it is named, not only the first. */
export function readRow(line: Line, header: Header, isSpreadsheet: boolean): ReadRow {
  const remarks = new Remarks(line.line);
  const cell = (field: Field): string => cellOf(line, header, field);
  const place = readUnitPlace(cell, header, remarks);
  const areaE4 = readArea(cell("area"), isSpreadsheet);
  if (typeof areaE4 === "string") remarks.fault(areaE4);
  const use = readUnitUse(cell("use"), header, remarks);
  const { unsold, owners } = readHolders(cell, header, remarks);
  const { faults, warnings } = remarks;
  if (faults.length > 0 || typeof areaE4 === "string") return { unit: undefined, faults, warnings };
  const unit = unitId(place.building, place.entrance, place.number);
  return {
    unit: { line: line.line, ...place, unit, areaE4, use, unsold, owners },
    faults,
    warnings,
  };
}

type CellReader = (field: Field) => string;

interface Place {
  building: string;
  entrance: string;
  number: string;
}

function readUnitPlace(cell: CellReader, header: Header, remarks: Remarks): Place {
  const place = {
    building: readPlace(cell("building")),
    entrance: readPlace(cell("entrance")),
    number: readNumber(cell("number")),
  };
  // Without a column of its own the building stands in the number: 3-2-1501.
  const parts = /^([^-]+)-([^-]+)-([^-]+)$/.exec(place.number);
  if (header.columns.building === undefined && parts) {
    place.building = readPlace(parts[1]!);
    place.entrance = readPlace(parts[2]!);
    place.number = parts[3]!;
  }
  if (place.building === "") remarks.fault("BuildingMissing");
  if (place.number === "") remarks.fault("NumberMissing");
  if (Object.values(place).some((part) => part.length > MAX_PLACE_LENGTH)) {
    remarks.fault("PlaceTooLong", { max: MAX_PLACE_LENGTH });
  }
  return place;
}

function readUnitUse(text: string, header: Header, remarks: Remarks): Use {
  const use = readUse(text);
  if (text === "" && header.columns.use !== undefined) remarks.warn("UseAssumed");
  if (use === undefined) remarks.fault("UseUnknown");
  return use ?? "other";
}

function readHolders(
  cell: CellReader,
  header: Header,
  remarks: Remarks,
): { unsold: boolean; owners: ImportedOwner[] } {
  const stated = readUnsold(cell("unsold"), header.asksWhetherSold);
  if (stated === undefined) remarks.fault("SaleStateUnknown");
  if (stated === true || isUnsoldWord(cell("owners"))) return { unsold: true, owners: [] };
  return { unsold: false, owners: readOwners(cell, remarks) };
}

function readOwners(cell: CellReader, remarks: Remarks): ImportedOwner[] {
  const names = readNames(cell("owners"));
  const numbers = readNumbers(cell("identities"));
  const phones = readNumbers(cell("phones"));
  if (names.length === 0) remarks.fault("OwnerMissing");
  else if (numbers.length === 0) remarks.fault("IdentityMissing");
  else if (numbers.length !== names.length) {
    remarks.fault("IdentityCountDiffers", { owners: names.length, identities: numbers.length });
  }
  if (remarks.faults.length > 0 && numbers.length !== names.length) return [];
  const owners = names.flatMap((name, i): ImportedOwner[] => {
    const identity = readIdentity(numbers[i]!);
    if (!identity) remarks.fault("IdentityInvalid", { owner: i + 1 });
    if (identity?.kind === "other") remarks.warn("IdentityKindUnchecked", { owner: i + 1 });
    return identity ? [{ name, identity, phone: phones[i] }] : [];
  });
  if (new Set(owners.map(({ identity }) => identity.number)).size < owners.length) {
    remarks.fault("OwnerTwice");
  }
  return owners;
}
