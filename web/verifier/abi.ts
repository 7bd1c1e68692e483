import {
  type Hex,
  bytesToHex,
  bytesToString,
  getAddress,
  hexToBytes,
  numberToHex,
  size,
  stringToBytes,
} from "viem";

// In the build of the verifier this file takes the place of three modules of viem: the coding of the
// contracts' values (Solidity, "Contract ABI Specification"), without help for those who write
// contracts, and the finding of an item in an interface, where no two items share a name here. A
// test compares it with viem.

/** A parameter of a function or an event, as interfaces describe it. */
export type Parameter = {
  readonly type: string;
  readonly name?: string | undefined;
  readonly components?: readonly Parameter[] | undefined;
};

const WORD = 32;
/** The name by which viem knows data that would be read for ever. */
export class AbiDecodingSizeLimitExceededError extends Error {}

/** Integers of up to 48 bits are numbers, as in viem. */
const MAX_NUMBER_BITS = 48;

/** The kind of a list's items, and how many there are; undefined where the type is no list. */
function listOf(parameter: Parameter): { item: Parameter; length: number | undefined } | undefined {
  const found = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (!found) return undefined;
  const [, type = "", length = ""] = found;
  return { item: { ...parameter, type }, length: length === "" ? undefined : Number(length) };
}

function isDynamic(parameter: Parameter): boolean {
  const list = listOf(parameter);
  if (list) return list.length === undefined || isDynamic(list.item);
  if (parameter.type === "tuple") return parameter.components!.some(isDynamic);
  return parameter.type === "bytes" || parameter.type === "string";
}

/** How many bytes a value takes where it stands: itself, or the offset at which it is found. */
function headSize(parameter: Parameter): number {
  if (isDynamic(parameter)) return WORD;
  const list = listOf(parameter);
  if (list) return list.length! * headSize(list.item);
  if (parameter.type !== "tuple") return WORD;
  return parameter.components!.reduce((sum, component) => sum + headSize(component), 0);
}

class Decoder {
  readonly #bytes: Uint8Array;
  /** A list may point back at itself, and would be read for ever. */
  #left: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#left = 8_192 + bytes.length;
  }

  #take(at: number, length: number): Uint8Array {
    this.#left -= 1;
    if (this.#left < 0) throw new AbiDecodingSizeLimitExceededError();
    if (at < 0 || length < 0 || at + length > this.#bytes.length) {
      throw new RangeError("outside of the data");
    }
    return this.#bytes.subarray(at, at + length);
  }

  #number(at: number): number {
    const value = BigInt(bytesToHex(this.#take(at, WORD)));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError("outside of the data");
    return Number(value);
  }

  #integer(type: string, at: number): bigint | number {
    const bits = Number(type.replace(/\D+/, "") || 256);
    const word = BigInt(bytesToHex(this.#take(at, WORD)));
    const value = type.startsWith("int") ? BigInt.asIntN(256, word) : word;
    return bits > MAX_NUMBER_BITS ? value : Number(value);
  }

  #boolean(at: number): boolean {
    const value = this.#number(at);
    if (value > 1) throw new RangeError("neither true nor false");
    return value === 1;
  }

  #value(type: string, at: number): unknown {
    if (/^u?int/.test(type)) return this.#integer(type, at);
    if (type === "bool") return this.#boolean(at);
    if (type === "address") return getAddress(bytesToHex(this.#take(at, WORD).subarray(12)));
    if (type === "bytes" || type === "string") {
      const bytes = this.#take(at + WORD, this.#number(at));
      return type === "bytes" ? bytesToHex(bytes) : bytesToString(bytes);
    }
    const length = Number(/^bytes(\d+)$/.exec(type)?.[1]);
    if (!(length > 0 && length <= WORD)) throw new RangeError(`an unknown type: ${type}`);
    return bytesToHex(this.#take(at, WORD).subarray(0, length));
  }

  #one(parameter: Parameter, at: number): unknown {
    const list = listOf(parameter);
    if (list) {
      const length = list.length ?? this.#number(at);
      if (length > this.#left) throw new RangeError("outside of the data");
      const items = Array.from({ length }, () => list.item);
      return this.all(items, list.length === undefined ? at + WORD : at);
    }
    if (parameter.type !== "tuple") return this.#value(parameter.type, at);
    const { components = [] } = parameter;
    const values = this.all(components, at);
    return Object.fromEntries(components.map(({ name }, i) => [name, values[i]]));
  }

  /** The values of several parameters; offsets count from `start`. */
  all(parameters: readonly Parameter[], start: number): unknown[] {
    let at = start;
    return parameters.map((parameter) => {
      const place = isDynamic(parameter) ? start + this.#number(at) : at;
      at += headSize(parameter);
      return this.#one(parameter, place);
    });
  }
}

export function decodeAbiParameters(
  parameters: readonly Parameter[],
  data: Hex | Uint8Array,
): unknown[] {
  const bytes = typeof data === "string" ? hexToBytes(data) : data;
  if (bytes.length === 0 && parameters.length > 0) throw new RangeError("no data");
  return new Decoder(bytes).all(parameters, 0);
}

const join = (parts: readonly Hex[]): Hex => `0x${parts.map((part) => part.slice(2)).join("")}`;
const word = (value: bigint): Hex => numberToHex(BigInt.asUintN(256, value), { size: WORD });

/** Bytes on the left of as many whole words as they need. */
function padEnd(hex: Hex): Hex {
  const length = Math.ceil(size(hex) / WORD) * WORD;
  return `0x${hex.slice(2).padEnd(2 * length, "0")}`;
}

function encodeValue(type: string, value: unknown): Hex {
  if (/^u?int/.test(type)) return word(BigInt(value as bigint));
  if (type === "bool") return word(value ? 1n : 0n);
  if (type === "address") return word(BigInt(value as Hex));
  if (type !== "bytes" && type !== "string") return padEnd(value as Hex);
  const hex = type === "string" ? bytesToHex(stringToBytes(value as string)) : (value as Hex);
  return join([word(BigInt(size(hex))), padEnd(hex)]);
}

function encodeOne(parameter: Parameter, value: unknown): Hex {
  const list = listOf(parameter);
  if (list) {
    const values = value as readonly unknown[];
    const items = encodeAbiParameters(
      values.map(() => list.item),
      values,
    );
    return list.length === undefined ? join([word(BigInt(values.length)), items]) : items;
  }
  if (parameter.type !== "tuple") return encodeValue(parameter.type, value);
  const { components = [] } = parameter;
  const fields = value as Readonly<Record<string, unknown>>;
  return encodeAbiParameters(
    components,
    components.map(({ name = "" }) => fields[name]),
  );
}

export function encodeAbiParameters(
  parameters: readonly Parameter[],
  values: readonly unknown[],
): Hex {
  let offset = parameters.reduce((sum, parameter) => sum + headSize(parameter), 0);
  const heads: Hex[] = [];
  const tails: Hex[] = [];
  parameters.forEach((parameter, i) => {
    const encoded = encodeOne(parameter, values[i]);
    if (!isDynamic(parameter)) heads.push(encoded);
    else {
      heads.push(word(BigInt(offset)));
      tails.push(encoded);
      offset += size(encoded);
    }
  });
  return join([...heads, ...tails]);
}

/** The item of an interface by its name. */
export function getAbiItem<Item extends { name?: string }>(wanted: {
  abi: readonly Item[];
  name: string;
}): Item | undefined {
  return wanted.abi.find(({ name }) => name === wanted.name);
}
