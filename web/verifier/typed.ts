import { type Hex, keccak256, stringToBytes, stringToHex } from "viem";
import { encodeAbiParameters } from "./abi.ts";

// In the build of the verifier this file takes the place of viem's module for EIP-712. A test
// compares it with viem.

type Field = { readonly name: string; readonly type: string };
type Types = Readonly<Record<string, readonly Field[]>>;
type Values = Readonly<Record<string, unknown>>;

const DOMAIN: readonly Field[] = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
  { name: "salt", type: "bytes32" },
];

/** A type with its fields, and after it by name those that it consists of. */
function encodeType(types: Types, primary: string): string {
  const found = new Set<string>();
  const visit = (type: string): void => {
    const name = type.replace(/\[.*$/, "");
    if (found.has(name) || !types[name]) return;
    found.add(name);
    for (const field of types[name]) visit(field.type);
  };
  visit(primary);
  found.delete(primary);
  const describe = (name: string): string =>
    `${name}(${types[name]!.map((field) => `${field.type} ${field.name}`).join(",")})`;
  return [primary, ...[...found].sort()].map(describe).join("");
}

function encodeField(types: Types, type: string, value: unknown): { type: string; value: unknown } {
  if (types[type]) return { type: "bytes32", value: hashOf(types, type, value as Values) };
  if (type === "bytes") return { type: "bytes32", value: keccak256(value as Hex) };
  if (type === "string") {
    return { type: "bytes32", value: keccak256(stringToBytes(value as string)) };
  }
  if (!type.endsWith("]")) return { type, value };
  const item = type.slice(0, type.lastIndexOf("["));
  const items = (value as readonly unknown[]).map((one) => encodeField(types, item, one));
  const encoded = encodeAbiParameters(
    items,
    items.map((one) => one.value),
  );
  return { type: "bytes32", value: keccak256(encoded) };
}

function hashOf(types: Types, primary: string, values: Values): Hex {
  const fields = types[primary]!.map(({ name, type }) => encodeField(types, type, values[name]));
  const parameters = [{ type: "bytes32" }, ...fields];
  const typeHash = keccak256(stringToHex(encodeType(types, primary)));
  return keccak256(encodeAbiParameters(parameters, [typeHash, ...fields.map((one) => one.value)]));
}

export function hashStruct(of: { data: Values; primaryType: string; types: Types }): Hex {
  return hashOf(of.types, of.primaryType, of.data);
}

export function hashDomain({ domain }: { domain: Values }): Hex {
  const EIP712Domain = DOMAIN.filter(({ name }) => domain[name] !== undefined);
  return hashOf({ EIP712Domain }, "EIP712Domain", domain);
}

export function hashTypedData(typed: {
  domain?: Values;
  types: Types;
  primaryType: string;
  message: Values;
}): Hex {
  const { domain = {}, types, primaryType, message } = typed;
  const parts = [hashDomain({ domain }), hashOf(types, primaryType, message)];
  return keccak256(`0x1901${parts.map((part) => part.slice(2)).join("")}`);
}
