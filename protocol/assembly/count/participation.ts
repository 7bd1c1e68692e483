import { fromAreaE4 } from "../../registry/area.ts";
import type { Extents } from "./conclude.ts";
import { isExact, type Extent } from "./dimension.ts";

/**
 * Who takes part: heads, area in m², and their exact shares of the total as unreduced fractions of
 * integers, heads over heads ("1260/1505") and 1e-4 m² over 1e-4 m² ("1587543230/1916192100"); null
 * where unknown.
 */
export interface Participation {
  readonly participating: {
    readonly heads: number | null;
    readonly area: string | null;
    readonly headsShare: string | null;
    readonly areaShare: string | null;
  };
}

/** The participants of both dimensions, as far as they are known. */
export function toParticipation({ heads, area }: Extents): Participation["participating"] {
  return {
    heads: isExact(heads.participating) ? Number(heads.participating.low) : null,
    area: isExact(area.participating) ? fromAreaE4(area.participating.low) : null,
    headsShare: share(heads),
    areaShare: share(area),
  };
}

function share({ participating, total }: Extent): string | null {
  return isExact(participating) && isExact(total) ? `${participating.low}/${total.low}` : null;
}
