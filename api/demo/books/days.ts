const DAY_MILLISECONDS = 86_400_000;
const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** A moment's day in China, YYYY-MM-DD. */
export const dayOf = (moment: Date): string =>
  new Date(moment.getTime() + CHINA_OFFSET_MILLISECONDS).toISOString().slice(0, 10);

/** The last day of a month from 1 to 12. */
export const endOfMonth = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** A day of a month from 1 to 12. */
export const dayIn = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** So many days later, but still in the same month: a statement of the bank ends with one. */
export function laterInMonth(date: string, days: number): string {
  const later = new Date(Date.parse(date) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
  return later.slice(0, 7) === date.slice(0, 7) ? later : date;
}
