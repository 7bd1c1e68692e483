/** The service's only source of time, so that the demonstration can live in its own past. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Unix seconds, as chain and messages count. */
export function toSeconds(date: Date): bigint {
  return BigInt(Math.floor(date.getTime() / 1000));
}

/** RFC 3339 in UTC to the second, as records carry it. */
export function toInstant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
