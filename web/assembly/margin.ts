import {
  findRule,
  passes,
  requiredPart,
  type Measure,
  type Threshold,
} from "../../protocol/assembly/count/rule.ts";
import { formatArea, formatCount } from "../language/format.ts";
import type { LaterMessages } from "../messages/zh-later.ts";
import type { MotionResult } from "./meeting.ts";

type MarginTexts = LaterMessages["meeting"]["margin"];

/** How much more a part needs to reach a threshold; none where it is reached. */
function missing(threshold: Threshold, part: bigint, whole: bigint): bigint {
  return passes(threshold, part, whole) ? 0n : requiredPart(threshold, whole) - part;
}

function missingMeasure(threshold: Threshold, part: Measure, whole: Measure): Measure {
  return {
    heads: missing(threshold, part.heads, whole.heads),
    area: missing(threshold, part.area, whole.area),
  };
}

/** What is still missing from the quorum that Art. 278 asks of every motion. */
export function missingQuorum(part: Measure, total: Measure): Measure {
  const { quorum } = findRule("civil-code", 1);
  if (!quorum) throw new Error("the Civil Code asks a quorum of every motion");
  return missingMeasure(quorum, part, total);
}

function sayMissing(
  texts: MarginTexts,
  key: "QuorumNotReached" | "NotAdopted",
  by: Measure,
): string {
  const heads = formatCount(by.heads);
  const area = formatArea(by.area);
  if (by.area === 0n) return texts[`${key}Heads`](heads);
  if (by.heads === 0n) return texts[`${key}Area`](area);
  return texts[key](heads, area);
}

/** What would change the result, in words: the smallest change of votes among those who took part. */
export function marginSentence(texts: MarginTexts, item: number, result: MotionResult): string {
  const { inFavour } = findRule("civil-code", item);
  const { total, participating, outcome } = result;
  if (outcome === "QuorumNotReached") {
    return sayMissing(texts, outcome, missingQuorum(participating, total));
  }
  if (outcome === "NotAdopted") {
    return sayMissing(texts, outcome, missingMeasure(inFavour, result.for, participating));
  }
  const spare = (part: bigint, whole: bigint): bigint => part - requiredPart(inFavour, whole) + 1n;
  const heads = spare(result.for.heads, participating.heads);
  const area = spare(result.for.area, participating.area);
  return texts.Adopted(formatCount(heads), formatArea(area));
}
