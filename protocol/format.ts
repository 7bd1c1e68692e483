// How figures, times and hashes are written, on the page and on paper.

/** A language of the page and of what is printed. */
export type Language = "zh" | "en";

// Every community of this law is in one time zone, without summer time since 1991; a reader abroad must not see another
// closing time. What browsers have for the times of all the world takes a phone a tenth of a second to begin.
const AHEAD_SECONDS = 8 * 3600;

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(" ");

/** A whole number with thousands separators: 1,505. */
export function formatCount(count: number | bigint): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** An area with at least two decimals and never rounded: 191,619.21 or 98.5025. */
export function formatArea(areaE4: bigint): string {
  const sign = areaE4 < 0n ? "−" : "";
  const digits = (areaE4 < 0n ? -areaE4 : areaE4).toString().padStart(5, "0");
  const decimals = digits.slice(-4).replace(/0{1,2}$/, "");
  return `${sign}${formatCount(BigInt(digits.slice(0, -4)))}.${decimals}`;
}

/** An amount of fen in yuan with two decimals: ¥ 997,357.77, or −¥ 0.05. */
export function formatYuan(fen: bigint): string {
  if (fen < 0n) return `−${formatYuan(-fen)}`;
  const digits = fen.toString().padStart(3, "0");
  return `¥\u00a0${formatCount(BigInt(digits.slice(0, -2)))}.${digits.slice(-2)}`;
}

/** A share in percent with two decimals, half up, not to be parted: 66.67\u00a0%. Outcomes never depend on it. */
export function formatShare(part: bigint, whole: bigint): string {
  if (whole === 0n) return "—";
  const hundredths = (part * 20_000n + whole) / (2n * whole);
  const digits = hundredths.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}\u00a0%`;
}

/** Year, month, day and minute, with leading zeros. Throws RangeError for what is no time. */
function readClock(seconds: number): readonly [string, string, string, string] {
  const [year = "", month = "", day = "", time = ""] = new Date((seconds + AHEAD_SECONDS) * 1000)
    .toISOString()
    .split(/[-T]/);
  return [year, month, day, time.slice(0, 5)];
}

/** Date in China's time: 2026年11月22日, or 22 Nov 2026. */
export function formatDate(seconds: number, language: Language): string {
  const [year, month, day] = readClock(seconds);
  if (language === "zh") return `${year}年${Number(month)}月${Number(day)}日`;
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** Date and minute in China's time: 2026年11月22日 09:00, or 22 Nov 2026, 09:00. */
export function formatTime(seconds: number, language: Language): string {
  const [, , , minute] = readClock(seconds);
  return `${formatDate(seconds, language)}${language === "zh" ? " " : ", "}${minute}`;
}

/** A calendar day of the books, `2026-11-22`, as its reader writes it; what is none stays as it is. */
export function formatDay(day: string, language: Language): string {
  const noon = Date.parse(`${day}T12:00:00+08:00`);
  return Number.isNaN(noon) ? day : formatDate(noon / 1000, language);
}

/** Bytes that a reader may have to compare, in groups of four: 1a2b 3c4d. */
export function formatGroups(hex: string, digits = hex.length): string {
  return hex
    .replace(/^0x/, "")
    .slice(0, digits)
    .replace(/(.{4})(?=.)/g, "$1 ");
}
