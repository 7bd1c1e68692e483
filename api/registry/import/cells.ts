import { AreaError, toAreaE4 } from "../../../protocol/registry/area.ts";

// How single cells are read. Nothing here guesses: what is not understood is a fault of its line.

/** Full-width digits and letters as ordinary ones, no spaces around. */
export const plain = (text: string): string => text.normalize("NFKC").trim();

/** 3幢, 03栋, ３号楼 → 3; 甲单元 → 甲 */
export function readPlace(text: string): string {
  const place = plain(text)
    .replace(/\s/g, "")
    .replace(/(?:号楼|幢|栋|座|号|楼|单元|门|梯)$/, "");
  return /^\d+$/.test(place) ? place.replace(/^0+(?=\d)/, "") : place;
}

/** 1501室 → 1501 */
export const readNumber = (text: string): string =>
  plain(text)
    .replace(/\s/g, "")
    .replace(/[—–－~]/g, "-")
    .replace(/(?:室|号|房)$/, "");

export type AreaFault = "AreaMissing" | "AreaMalformed" | "AreaNotPositive" | "AreaTooManyDecimals";

/** An area in 1e-4 m²; `isNumber` for a spreadsheet's binary numbers, which carry noise beyond 15 digits. */
export function readArea(text: string, isNumber: boolean): bigint | AreaFault {
  let digits = plain(text)
    .replace(/\s/g, "")
    .replace(/(?:平方米|平米|m2|M2)$/, "");
  if (digits === "") return "AreaMissing";
  if (isNumber && /^-?[\d.]+(?:[eE][-+]?\d+)?$/.test(digits)) digits = roundToFifteenDigits(digits);
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) digits = digits.replaceAll(",", "");
  if (/^-\d+(?:\.\d+)?$|^0+(?:\.0+)?$/.test(digits)) return "AreaNotPositive";
  digits = digits.replace(/(\.\d{4}\d*?)0+$/, "$1").replace(/^0+(?=\d)/, "");
  if (/^\d+\.\d{5,}$/.test(digits)) return "AreaTooManyDecimals";
  try {
    return toAreaE4(digits);
  } catch (error) {
    if (error instanceof AreaError) return "AreaMalformed";
    throw error;
  }
}

/** Spreadsheets show 15 significant digits of the 17 that they store. */
function roundToFifteenDigits(text: string): string {
  const number = Number(Number(text).toPrecision(15));
  return number.toFixed(10).replace(/\.?0+$/, "");
}

const SEPARATORS = /[、,,;；/／|\n\r]+/;

/** Several owners in one cell; shares and remarks in brackets (50%, 共有) are left out. */
export const readNames = (text: string): string[] =>
  text
    .normalize("NFC")
    .split(SEPARATORS)
    .map((name) => name.replace(/[((][^()()]*(?:\d|份|共有|按份)[^()()]*[))]/g, ""))
    .map((name) => (/\p{Script=Han}/u.test(name) ? name.replace(/\s/g, "") : name.trim()))
    .filter((name) => name !== "");

export const readNumbers = (text: string): string[] =>
  plain(text)
    .split(/[、,;/|\s]+/)
    .filter((number) => number !== "");

export const USES = ["residence", "shop", "office", "parking", "storage", "other"] as const;
export type Use = (typeof USES)[number];

const USE_WORDS: [Use, RegExp][] = [
  ["parking", /车位|车库|停车/],
  ["storage", /储藏|储物|杂物|贮藏|地下室/],
  ["shop", /商业|商铺|店铺|商服|门面|商用|网点/],
  ["office", /办公|写字/],
  ["residence", /住宅|居住|公寓|别墅|住房/],
];

/** Undefined for a word that is not known. */
export function readUse(text: string): Use | undefined {
  const word = plain(text);
  if (word === "") return "residence";
  if (/^(?:其他|其它|公共|配套)/.test(word)) return "other";
  if ((USES as readonly string[]).includes(word)) return word as Use;
  return USE_WORDS.find(([, pattern]) => pattern.test(word))?.[0];
}

const UNSOLD = /^(?:未售|未出售|待售|未交付|未销售|在售|开发商|建设单位|unsold)$/i;
const SOLD = /^(?:已售|已出售|已销售|已交付|已办证|已登记|有证|正常|sold)$/i;

/** Whether the developer still holds the unit; undefined for a word that is not known. */
export function readUnsold(text: string, asksWhetherSold: boolean): boolean | undefined {
  const word = plain(text).replace(/\s/g, "");
  if (word === "" || SOLD.test(word)) return false;
  if (UNSOLD.test(word)) return true;
  if (/^(?:是|y|yes|true|1|√)$/i.test(word)) return !asksWhetherSold;
  if (/^(?:否|n|no|false|0|×)$/i.test(word)) return asksWhetherSold;
  return undefined;
}

/** An owner cell that names no owner but says that the unit is still the developer's. */
export const isUnsoldWord = (text: string): boolean => UNSOLD.test(plain(text).replace(/\s/g, ""));
