import canonicalize from "canonicalize";

/** What a record may consist of: strict plain JSON without floating-point numbers (SPEC section 3). */
export type PlainJson =
  null | boolean | number | string | readonly PlainJson[] | { readonly [key: string]: PlainJson };

/** Why a value is no strict plain JSON. */
export type JsonFault =
  | "notPlain"
  | "notInteger"
  | "unsafeInteger"
  | "negativeZero"
  | "loneSurrogate"
  | "notNfc"
  | "sparseArray"
  | "accessor"
  | "cycle"
  | "notCanonical";

/** A value that strict plain JSON cannot hold; `path` names the place, never the content. */
export class JsonInvalid extends Error {
  readonly code = "JsonInvalid";
  readonly fault: JsonFault;
  readonly path: string;
  constructor(fault: JsonFault, path: string) {
    super(`${fault} at ${path}`);
    this.fault = fault;
    this.path = path;
  }
}

function guardString(text: string, path: string): void {
  if (!text.isWellFormed()) throw new JsonInvalid("loneSurrogate", path);
  if (text.normalize("NFC") !== text) throw new JsonInvalid("notNfc", path);
}

function guardNumber(number: number, path: string): void {
  if (Object.is(number, -0)) throw new JsonInvalid("negativeZero", path);
  if (!Number.isInteger(number)) throw new JsonInvalid("notInteger", path);
  if (!Number.isSafeInteger(number)) throw new JsonInvalid("unsafeInteger", path);
}

/** The value of an own data property; throws for accessors and hidden properties. */
function dataValue(owner: object, key: string, path: string): unknown {
  const property = Object.getOwnPropertyDescriptor(owner, key);
  if (!property) throw new JsonInvalid("sparseArray", path);
  if (!("value" in property)) throw new JsonInvalid("accessor", path);
  if (!property.enumerable) throw new JsonInvalid("notPlain", path);
  return property.value;
}

type Ancestors = readonly object[];

function guardArray(array: readonly unknown[], path: string, ancestors: Ancestors): void {
  if (Object.getPrototypeOf(array) !== Array.prototype) throw new JsonInvalid("notPlain", path);
  for (let i = 0; i < array.length; i++) {
    guard(dataValue(array, String(i), `${path}[${i}]`), `${path}[${i}]`, ancestors);
  }
  // Every element is there and enumerable: one key more, beside `length`, is a named property.
  if (Reflect.ownKeys(array).length !== array.length + 1) throw new JsonInvalid("notPlain", path);
}

function guardObject(object: object, path: string, ancestors: Ancestors): void {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw new JsonInvalid("notPlain", path);
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === "symbol") throw new JsonInvalid("notPlain", path);
    guardString(key, path);
    guard(dataValue(object, key, `${path}.${key}`), `${path}.${key}`, ancestors);
  }
}

function guard(value: unknown, path: string, ancestors: Ancestors): void {
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") return guardString(value, path);
  if (typeof value === "number") return guardNumber(value, path);
  if (typeof value !== "object") throw new JsonInvalid("notPlain", path);
  if (ancestors.includes(value)) throw new JsonInvalid("cycle", path);
  const chain = [...ancestors, value];
  if (Array.isArray(value)) guardArray(value, path, chain);
  else guardObject(value, path, chain);
}

/** Throws `JsonInvalid` unless `value` is strict plain JSON: what would be lost or changed silently is refused. */
export function requirePlainJson(value: unknown): asserts value is PlainJson {
  guard(value, "$", []);
}

/** RFC 8785 without the guard: only for what the guard has passed, and for that standard's own vectors. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new JsonInvalid("notPlain", "$");
  return text;
}

/** The canonical bytes of strict plain JSON (RFC 8785, UTF-8); throws `JsonInvalid` for anything else. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  requirePlainJson(value);
  return new TextEncoder().encode(canonicalText(value));
}

const isSorted = (keys: readonly string[]): boolean =>
  keys.every((key, i) => i === 0 || keys[i - 1]! < key);

/** Of what `JSON.parse` gave, which has neither holes nor accessors: whether all keys stand in order and all numbers are sound. */
function isOrdered(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isOrdered);
  return isSorted(Object.keys(value)) && Object.values(value).every(isOrdered);
}

/**
 * Whether a text is canonical, found without putting it together anew, because logs of millions are read. False does not
 * say that it is not. A part of a text in NFC is in NFC.
 */
function isPlainlyCanonical(text: string, value: unknown): value is PlainJson {
  const isSound = text.isWellFormed() && text.normalize("NFC") === text && !text.includes("\\u");
  return isSound && isOrdered(value) && JSON.stringify(value) === text;
}

/** Reads canonical bytes; throws `JsonInvalid` when the bytes are not exactly the canonical form of what they say. */
export function parseCanonical(bytes: Uint8Array): PlainJson {
  let value: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
    if (isPlainlyCanonical(text, value)) return value;
    requirePlainJson(value);
    if (canonicalText(value) === text) return value;
  } catch (error) {
    if (error instanceof JsonInvalid) throw error;
  }
  throw new JsonInvalid("notCanonical", "$");
}

/** A copy of plain JSON with every string, keys too, in NFC. */
export function toNfc<Value extends PlainJson>(value: Value): Value;
export function toNfc(value: PlainJson): PlainJson {
  if (typeof value === "string") return value.normalize("NFC");
  if (Array.isArray(value)) return value.map((item: PlainJson) => toNfc(item));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value as { [key: string]: PlainJson });
  return Object.fromEntries(entries.map(([key, item]) => [key.normalize("NFC"), toNfc(item)]));
}
