import { type Hex, keccak256, slice, stringToHex } from "viem";
import { type Parameter, decodeAbiParameters } from "./abi.ts";

// In the build of the verifier this file takes the place of three modules of viem: which event or
// call some data is, and what it says. A test compares it with viem.

type Input = Parameter & { readonly indexed?: boolean | undefined };
type Item = { readonly type: string; readonly name?: string; readonly inputs?: readonly Input[] };
type Abi = readonly Item[];

/** The name by which viem knows events that cannot be told apart; here every event has its own. */
export class AbiEventAmbiguityError extends Error {}

/** A type as signatures name it: structs by what they consist of. */
function typeName({ type, components = [] }: Parameter): string {
  return type.replace("tuple", `(${components.map(typeName).join(",")})`);
}

type Known = ReadonlyMap<Hex, Item>;
const known = new WeakMap<Abi, Known>();

/** The events (32 bytes) and functions (4 bytes) of an interface by the hash of their signature. */
function itemsOf(abi: Abi): Known {
  const found = known.get(abi);
  if (found) return found;
  const entries = abi.map((item): [Hex, Item] => {
    const { type, name, inputs = [] } = item;
    const hash = keccak256(stringToHex(`${name}(${inputs.map(typeName).join(",")})`));
    return [type === "event" ? hash : slice(hash, 0, 4), item];
  });
  const items = new Map(entries);
  known.set(abi, items);
  return items;
}

function find(abi: Abi, selector: Hex | undefined): Item & { inputs: readonly Input[] } {
  const item = selector && itemsOf(abi).get(selector);
  if (!item) throw new RangeError("not in the interface");
  return { ...item, inputs: item.inputs ?? [] };
}

/** What is too long for a topic is there only as its hash. */
const isHashed = ({ type }: Input): boolean => /^(string|bytes|tuple)$|\]$/.test(type);

function readTopic(input: Input, topic: Hex | undefined): unknown {
  if (topic === undefined) throw new RangeError("a topic is missing");
  return isHashed(input) ? topic : decodeAbiParameters([input], topic)[0];
}

export function decodeEventLog({ abi, data, topics }: { abi: Abi; data: Hex; topics: Hex[] }) {
  const [selector, ...rest] = topics;
  const { name, inputs } = find(abi, selector);
  const indexed = inputs.filter((input) => input.indexed);
  const plain = inputs.filter((input) => !input.indexed);
  const values = [
    ...indexed.map((input, i) => [input.name, readTopic(input, rest[i])] as const),
    ...decodeAbiParameters(plain, data).map((value, i) => [plain[i]!.name, value] as const),
  ];
  const args: unknown = values.length > 0 ? Object.fromEntries(values) : undefined;
  return { eventName: name, args };
}

export function decodeFunctionData({ abi, data }: { abi: Abi; data: Hex }) {
  const { name, inputs } = find(abi, slice(data, 0, 4));
  const args = inputs.length > 0 ? decodeAbiParameters(inputs, `0x${data.slice(10)}`) : undefined;
  return { functionName: name, args };
}

/** The topics of an event of any content. */
export function encodeEventTopics({ abi, eventName }: { abi: Abi; eventName: string }): Hex[] {
  const found = [...itemsOf(abi)].find(
    ([, { type, name }]) => type === "event" && name === eventName,
  );
  if (!found) throw new RangeError("not in the interface");
  return [found[0]];
}
