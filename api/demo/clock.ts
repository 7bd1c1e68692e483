import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";

/** A clock that stands in the past while the demonstration is told, and then goes with the time. */
export interface TravellingClock extends Clock {
  /** Stands still at a moment, which must not lie before the last one. */
  travelTo(moment: Date): void;
  /** From now on it shows the present. */
  arrive(): void;
  readonly hasArrived: boolean;
}

export function createTravellingClock(start: Date, present: Clock = systemClock): TravellingClock {
  let standing: Date | undefined = start;
  return {
    now: () => standing ?? present.now(),
    travelTo(moment) {
      if (!standing) throw new Error("the clock shows the present already");
      if (moment < standing) throw new RangeError("the clock does not go back");
      if (moment > present.now()) throw new RangeError("the demonstration ends with the present");
      standing = moment;
    },
    arrive() {
      standing = undefined;
    },
    get hasArrived() {
      return standing === undefined;
    },
  };
}
