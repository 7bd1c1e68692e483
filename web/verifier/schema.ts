import { regexes } from "zod/v4/core";

// The schemas of protocol/ are written with zod, which would be a third of this page. In its build
// this file takes zod's place: the part of zod's interface that those schemas use, and nothing else
// of it. A test compares both.

const NOTHING = Symbol("absent");
type Read = (value: unknown) => unknown;

/** Says that a value does not have the form that was asked for. */
class SchemaError extends Error {}

function fail(what: string): never {
  throw new SchemaError(what);
}

class Schema {
  readonly read: Read;
  constructor(read: Read) {
    this.read = read;
  }

  parse(value: unknown): unknown {
    return this.read(value);
  }

  safeParse(value: unknown): { success: boolean; data?: unknown } {
    try {
      return { success: true, data: this.read(value) };
    } catch {
      return { success: false };
    }
  }

  #then(next: Read): this {
    const Own = this.constructor as new (read: Read) => this;
    return new Own((value) => next(this.read(value)));
  }

  refine(holds: (value: never) => unknown): this {
    return this.#then((value) => (holds(value as never) ? value : fail("refined")));
  }

  transform(change: (value: never) => unknown): Schema {
    return new Schema((value) => change(this.read(value) as never));
  }

  nullable(): Schema {
    return new Schema((value) => (value === null ? null : this.read(value)));
  }

  optional(): Optional {
    return new Optional((value) => (value === undefined ? undefined : this.read(value)));
  }

  exactOptional(): Optional {
    return new Optional(this.read);
  }

  /** Only for people; the page has its own words. */
  meta(): this {
    return this;
  }
}

/** A field that may be absent. */
class Optional extends Schema {}

/** What has a length; that of a text is in characters, not in the units that hold them. */
class Sized extends Schema {
  #check(holds: (length: number) => boolean): this {
    return this.refine((value: string | unknown[]) => holds([...value].length));
  }

  min(least: number): this {
    return this.#check((length) => length >= least);
  }

  max(most: number): this {
    return this.#check((length) => length <= most);
  }

  length(exact: number): this {
    return this.#check((length) => length === exact);
  }

  regex(pattern: RegExp): this {
    return this.refine((value: string) => pattern.test(value));
  }
}

class Whole extends Schema {
  min(least: number): this {
    return this.refine((value: number) => value >= least);
  }

  max(most: number): this {
    return this.refine((value: number) => value <= most);
  }
}

type Fields = Readonly<Record<string, Schema>>;

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that is not there is read as undefined, and stays absent where that is allowed. */
function readField(fields: Fields, value: Record<string, unknown>, name: string): unknown {
  const field = fields[name]!;
  if (Object.hasOwn(value, name)) return field.read(value[name]);
  return field instanceof Optional ? NOTHING : fail(name);
}

function readFields(fields: Fields, strict: boolean): Read {
  return (value) => {
    if (!isPlain(value)) return fail("an object");
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (strict && unknown !== undefined) return fail(unknown);
    const entries = Object.keys(fields).map((name): [string, unknown] => {
      return [name, readField(fields, value, name)];
    });
    return Object.fromEntries(entries.filter(([, field]) => field !== NOTHING));
  };
}

class Fielded extends Schema {
  readonly shape: Fields | undefined;
  readonly #strict: boolean;
  constructor(read: Read, shape?: Fields, strict = false) {
    super(read);
    this.shape = shape;
    this.#strict = strict;
  }

  extend(more: Fields): Fielded {
    return fielded({ ...this.shape, ...more }, this.#strict);
  }
}

const fielded = (fields: Fields, strict: boolean): Fielded =>
  new Fielded(readFields(fields, strict), fields, strict);

const is = (holds: (value: unknown) => boolean): Read => {
  return (value) => (holds(value) ? value : fail("another type"));
};

function readArray(item: Schema): Read {
  return (value) =>
    Array.isArray(value) ? value.map((one): unknown => item.read(one)) : fail("a list");
}

function readTuple(items: readonly Schema[]): Read {
  return (value) => {
    if (!Array.isArray(value) || value.length !== items.length) return fail("a list");
    return items.map((item, i): unknown => item.read(value[i]));
  };
}

function readUnion(options: readonly Schema[]): Read {
  return (value) => {
    for (const option of options) {
      const result = option.safeParse(value);
      if (result.success) return result.data;
    }
    return fail("none of the forms");
  };
}

function readRecord(key: Schema, item: Schema): Read {
  return (value) => {
    if (!isPlain(value)) return fail("an object");
    const entries = Object.entries(value).map(([name, one]): [string, unknown] => {
      return [key.read(name) as string, item.read(one)];
    });
    return Object.fromEntries(entries);
  };
}

function readTemplate([start, rest]: readonly [string, Schema]): Read {
  return (value) => {
    if (typeof value !== "string" || !value.startsWith(start)) return fail(start);
    rest.read(value.slice(start.length));
    return value;
  };
}

const string = (): Sized => new Sized(is((value) => typeof value === "string"));
const literal = (wanted: unknown): Schema => new Schema(is((value) => value === wanted));
const union = (options: readonly Schema[]): Schema => new Schema(readUnion(options));

/** What protocol/ uses of zod. */
export const z = {
  string,
  int: () => new Whole(is((value) => Number.isSafeInteger(value))),
  boolean: () => new Schema(is((value) => typeof value === "boolean")),
  literal,
  enum: (values: readonly unknown[]) => new Schema(is((value) => values.includes(value))),
  array: (item: Schema) => new Sized(readArray(item)),
  tuple: (items: readonly Schema[]) => new Schema(readTuple(items)),
  record: (key: Schema, item: Schema) => new Schema(readRecord(key, item)),
  partialRecord: (key: Schema, item: Schema) => new Schema(readRecord(key, item)),
  union,
  discriminatedUnion: (_name: string, options: readonly Schema[]) => union(options),
  object: (fields: Fields) => fielded(fields, false),
  strictObject: (fields: Fields) => fielded(fields, true),
  templateLiteral: (parts: readonly [string, Schema]) => new Schema(readTemplate(parts)),
  iso: {
    date: () => string().regex(regexes.date),
    datetime: () => string().regex(regexes.datetime({})),
  },
};
