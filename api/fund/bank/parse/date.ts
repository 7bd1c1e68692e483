/** YYYY-MM-DD for a day that exists; undefined for 2024-02-30. */
export function toDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    year >= 1900 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

/** `2024-01-31`, `2024-01-31T08:00:00+08:00`: the day as it is written, in the bank's own time. */
export function readIsoDate(text: string): string | undefined {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?|Z|[+-]\d{2}:\d{2})?$/.exec(text);
  return match ? toDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** OFX: YYYYMMDD, perhaps with a time and a zone; the day as it is written. */
export function readOfxDate(text: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2}(?:\.\d+)?)?)?(?:\[[^\]]*\])?$/.exec(text);
  return match ? toDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}
