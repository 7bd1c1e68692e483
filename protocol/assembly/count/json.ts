import { CountError } from "./error.ts";

// Two things that JSON.parse lets pass would change a case silently: of two equal keys it keeps the
// last, and it rounds numbers. Both are rare, so a cheap test decides whether to look closely.
const KEY = /"\s*:/g;
const NUMBER_NOT_PLAIN = /[:,[\s]-?\d+[.eE]/;
const PLAIN_INTEGER = /^-?\d+$/;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/**
 * Parses one JSON text; throws CountError for a malformed one. A number that is not written as a plain
 * integer (10.5, 1e3) becomes NaN, so that its reader refuses it.
 */
export function parseJson(text: string): unknown {
  try {
    return NUMBER_NOT_PLAIN.test(text) ? JSON.parse(text, keepPlainIntegers) : JSON.parse(text);
  } catch (error) {
    // The engine's own words would repeat pieces of the line, which may hold anything.
    throw new CountError("MalformedJson", "not a JSON text", undefined, { cause: error });
  }
}

/** Throws CountError where an object in a JSON text, already parsed to `value`, has a key twice. */
export function requireDistinctKeys(text: string, value: unknown): void {
  // The pattern matches every key and perhaps pieces of texts: equal numbers leave no room for doubles.
  if (text.match(KEY)?.length === countKeys(value)) return;
  const open: Set<string>[] = [];
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") addKey(open.at(-1), JSON.parse(before) as string);
    before = token;
  }
}

function keepPlainIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return PLAIN_INTEGER.test(context.source) ? value : NaN;
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const children: unknown[] = Object.values(value);
  let sum = Array.isArray(value) ? 0 : children.length;
  for (const child of children) sum += countKeys(child);
  return sum;
}

function addKey(keys: Set<string> | undefined, key: string): void {
  if (keys?.has(key)) throw new CountError("FieldDuplicate", "given twice", key.slice(0, 60));
  keys?.add(key);
}
