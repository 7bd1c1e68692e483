import {
  DIMENSIONS,
  findCaseId,
  toCountCase,
  type CountCase,
  type Dimension,
  type Figures,
} from "./case.ts";
import { conclude, type Conclusion, type Extents } from "./conclude.ts";
import { deem, type DeemedResult } from "./deemed.ts";
import { isExact, toExtent } from "./dimension.ts";
import { CountError, type CountErrorCode } from "./error.ts";
import { parseJson, requireDistinctKeys } from "./json.ts";
import { measureMargin, type Margin } from "./margin.ts";
import { toParticipation, type Participation } from "./participation.ts";
import { findRule } from "./rule.ts";

/** The strict result of one case (returned ballots only), with the deemed one beside it. */
export interface CountResult extends Participation, Conclusion {
  readonly id: string | number;
  /** Figures that are not known, as "for.area"; participants only where nothing gives them. */
  readonly unknown: readonly string[];
  /** Dimensions in which the printed participants are not the sum of the parts. */
  readonly inconsistent: readonly Dimension[];
  /** Only where the case's rules deem unreturned ballots. */
  readonly deemed: DeemedResult | null;
  readonly margin: Margin;
}

/** A case that cannot be counted, and why; the id where it could be read. */
export interface CountFailure {
  readonly id?: string | number;
  readonly error: {
    readonly code: CountErrorCode;
    readonly path?: string;
    readonly message: string;
  };
}

/** Counts one case; throws CountError where its figures cannot have happened. */
export function countCase(source: CountCase): CountResult {
  const rule = findRule(source.regime, source.item);
  const extents = { heads: toExtent(source, "heads"), area: toExtent(source, "area") };
  const conclusion = conclude(rule, extents);
  return {
    id: source.id,
    participating: toParticipation(extents),
    ...conclusion,
    unknown: listUnknown(source, extents),
    inconsistent: DIMENSIONS.filter((dimension) => extents[dimension].inconsistent),
    deemed: source.rules.deemed === "majority" ? deem(rule, extents) : null,
    margin: measureMargin(rule, extents, conclusion),
  };
}

/** Counts the case in one JSON text; never throws for a bad one. */
export function countLine(text: string): CountResult | CountFailure {
  let value: unknown;
  try {
    value = parseJson(text);
    requireDistinctKeys(text, value);
    return countCase(toCountCase(value));
  } catch (error) {
    if (!(error instanceof CountError)) throw error;
    return toCountFailure(error, findCaseId(value));
  }
}

/** The error object of a case that cannot be counted. */
export function toCountFailure(error: CountError, id?: string | number): CountFailure {
  const { code, path, message } = error;
  return {
    ...(id === undefined ? {} : { id }),
    error: { code, ...(path === undefined ? {} : { path }), message },
  };
}

const PARTS = ["for", "against", "abstain", "invalid", "deliveredUnreturned"] as const;

function listUnknown(source: CountCase, extents: Extents): readonly string[] {
  const unknown = (name: string, figures: Figures): string[] =>
    DIMENSIONS.filter((dimension) => figures[dimension] === null).map(
      (dimension) => `${name}.${dimension}`,
    );
  return [
    ...unknown("total", source.total),
    ...DIMENSIONS.filter((dimension) => !isExact(extents[dimension].participating)).map(
      (dimension) => `participating.${dimension}`,
    ),
    ...PARTS.flatMap((part) => unknown(part, source[part])),
  ];
}
