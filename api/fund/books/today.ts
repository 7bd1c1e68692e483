import type { Clock } from "../../clock.ts";

const CHINA_MS = 8 * 3_600_000;

/** The day that it is in China, where every community is, at a moment: YYYY-MM-DD. */
export const dayIn = (at: Date): string =>
  new Date(at.getTime() + CHINA_MS).toISOString().slice(0, 10);

/** The same now. */
export const today = (clock: Clock): string => dayIn(clock.now());

/** The day after. */
export const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
