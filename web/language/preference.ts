/** What a reader chose in the header; kept in this browser only. */
export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export const TEXT_SIZES = ["a", "aa", "aaa"] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const LANGUAGE_KEY = "mingzhang.language";
const SIZE_KEY = "mingzhang.textSize";

// Storage may be refused (private windows, in-app browsers): the page then forgets, and still works.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forgotten at the next visit.
  }
}

/** Chinese unless the reader chose otherwise: it is the language of the notices themselves. */
export function readLanguage(): Language {
  return read(LANGUAGE_KEY) === "en" ? "en" : "zh";
}

export function keepLanguage(language: Language): void {
  write(LANGUAGE_KEY, language);
}

export function readTextSize(): TextSize {
  return TEXT_SIZES.find((size) => size === read(SIZE_KEY)) ?? "a";
}

export function keepTextSize(size: TextSize): void {
  write(SIZE_KEY, size);
}

/** The style sheet reads the size from the root element, so that every length follows. */
export function applyTextSize(size: TextSize): void {
  document.documentElement.dataset["size"] = size;
}
