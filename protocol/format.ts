// How figures, times and hashes are written, on the page and on paper.

/** A language of the page and of what is printed. */
export type Language = "zh" | "en";

// Every community of this law is in one time zone; a reader abroad must not see another closing time.
const TIME_ZONE = "Asia/Shanghai";

const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };

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

function toDate(seconds: number): Date {
  return new Date(seconds * 1000);
}

/** Date and minute in China's time: 2026年11月22日 09:00. */
export function formatTime(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: TIME_ZONE,
    year: "numeric",
    month: language === "zh" ? "long" : "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(toDate(seconds));
}

/** Date in China's time: 2026年11月22日. */
export function formatDate(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: TIME_ZONE,
    year: "numeric",
    month: language === "zh" ? "long" : "short",
    day: "numeric",
  }).format(toDate(seconds));
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
