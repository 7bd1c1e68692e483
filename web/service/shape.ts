import { toAreaE4 } from "../../protocol/registry/area.ts";

// What the page takes from the service is read field by field into the shape that it expects; anything
// else is refused. A schema library would be a seventh of all code that a phone loads first.

/** Reads a value of one shape, or throws ShapeError. */
export type Reader<T> = (value: unknown) => T;

/** What a reader gives. */
export type Read<R extends Reader<unknown>> = ReturnType<R>;

/** Says where an answer has another shape than it should; the value itself is not shown. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  readonly at: readonly string[];

  constructor(at: readonly string[] = []) {
    super(`unexpected shape at ${at.join(".")}`);
    this.at = at;
  }
}

function within<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError([name, ...error.at]);
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Fields = Readonly<Record<string, Reader<unknown>>>;

/** An object's named fields; others are left out. */
export function object<F extends Fields>(
  fields: F,
): Reader<{ readonly [K in keyof F]: Read<F[K]> }> {
  return (value) => {
    if (!isFields(value)) throw new ShapeError();
    const entries = Object.entries(fields).map(([name, read]) => [
      name,
      within(name, () => read(value[name])),
    ]);
    return Object.fromEntries(entries) as { [K in keyof F]: Read<F[K]> };
  };
}

/** An object whose field names are not known beforehand. */
export function record<T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isFields(value)) throw new ShapeError();
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, part]) => [name, within(name, () => read(part))]),
    );
  };
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new ShapeError();
    return value.map((item, i) => within(String(i), () => read(item)));
  };
}

export const anything: Reader<unknown> = (value) => value;

export const text: Reader<string> = (value) => {
  if (typeof value !== "string") throw new ShapeError();
  return value;
};

export const flag: Reader<boolean> = (value) => {
  if (typeof value !== "boolean") throw new ShapeError();
  return value;
};

export const integer: Reader<number> = (value) => {
  if (!Number.isSafeInteger(value)) throw new ShapeError();
  return value as number;
};

export const hex: Reader<`0x${string}`> = (value) => {
  if (typeof value !== "string" || !/^0x[0-9a-f]*$/i.test(value)) throw new ShapeError();
  return value as `0x${string}`;
};

export function oneOf<const T extends string>(choices: readonly T[]): Reader<T> {
  return (value) => {
    const choice = choices.find((known) => known === value);
    if (choice === undefined) throw new ShapeError();
    return choice;
  };
}

/** What may be null or missing is undefined. */
export function maybe<T>(read: Reader<T>): Reader<T | undefined> {
  return (value) => (value === null || value === undefined ? undefined : read(value));
}

/** An instant in RFC 3339 as Unix seconds. */
export const instant: Reader<number> = (value) => {
  const milliseconds = Date.parse(text(value));
  if (Number.isNaN(milliseconds)) throw new ShapeError();
  return Math.floor(milliseconds / 1000);
};

/** Decimal m² as integers of 1e-4 m². */
export const area: Reader<bigint> = (value) => {
  try {
    return toAreaE4(text(value));
  } catch {
    throw new ShapeError();
  }
};

export const heads: Reader<bigint> = (value) => {
  const count = integer(value);
  if (count < 0) throw new ShapeError();
  return BigInt(count);
};

/** Heads and area as every answer gives them. */
export const measure = object({ heads, area });
