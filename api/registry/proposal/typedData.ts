import { hashTypedData } from "viem";
import type { Hex, TypedDataDefinition } from "viem";
import type { TypedMessage } from "../service.ts";

export const digestOf = (message: TypedMessage): Hex =>
  hashTypedData(message as unknown as TypedDataDefinition);

/** As wallets take it over JSON: every integer a decimal text. */
export function toJson(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)]));
}
