const DAY_MILLISECONDS = 86_400_000;
/** China has one time zone and no summer time. */
const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** The days of the demonstration, counted from the day on which it is loaded. */
export interface Calendar {
  now: Date;
  /** `days` after today (before it where negative), at `hour` o'clock in China; 9.5 is half past nine. */
  at: (days: number, hour: number) => Date;
}

export function createCalendar(now: Date): Calendar {
  const inChina = now.getTime() + CHINA_OFFSET_MILLISECONDS;
  const midnight = inChina - (inChina % DAY_MILLISECONDS) - CHINA_OFFSET_MILLISECONDS;
  return {
    now,
    at: (days, hour) => new Date(midnight + days * DAY_MILLISECONDS + hour * 3_600_000),
  };
}
