import { fromAreaE4, toAreaE4 } from "../registry/area.ts";
import type { PublishedLine } from "../registry/lines.ts";
import { canonicalBytes, parseCanonical } from "./json.ts";
import { type LineDocument, linesSchema } from "./record.ts";

/** The bytes of a roll's document `lines`, in tree order. */
export function encodeLines(lines: readonly PublishedLine[]): Uint8Array<ArrayBuffer> {
  const rows: LineDocument[] = lines.map(({ building, entrance, unit, areaE4, leaf }) => {
    return { building, entrance, unit, area: fromAreaE4(areaE4), leaf };
  });
  return canonicalBytes(linesSchema.parse(rows));
}

/** Reads a roll's document `lines`; throws `JsonInvalid` or zod's error when it is none. */
export function decodeLines(bytes: Uint8Array): PublishedLine[] {
  return linesSchema.parse(parseCanonical(bytes)).map(({ area, leaf, ...line }) => {
    return { ...line, areaE4: toAreaE4(area), leaf: leaf as PublishedLine["leaf"] };
  });
}
