import type { Hex } from "viem";
import { z } from "zod";
import { canonicalBytes, parseCanonical } from "../anchor/json.ts";

const hash = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const address = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{40}$/)]);
const hex = z.templateLiteral(["0x", z.string().regex(/^(?:[0-9a-f]{2})+$/)]);

/** What was signed and handed in. */
const handedIn = {
  v: z.literal(1),
  chainId: z.int().min(1),
  assembly: address,
  meeting: z.int().min(1),
  origin: z.literal("own"),
  voter: z.int().min(0).max(0xffff),
  page: z.int().min(0).max(0xffff),
  position: z.int().min(0).max(0xffff),
  kind: z.union([z.literal(0), z.literal(1)]),
  form: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  envelope: hex.optional(),
  answers: z
    .array(z.enum(["for", "against", "abstain"]))
    .min(1)
    .max(16),
  signature: hex,
  leaf: hash,
};

const promise = z.string().min(1).max(1_000);

const isWhole = ({ form, envelope }: { form: number; envelope?: string | undefined }): boolean =>
  (form === 2) === (envelope !== undefined);

/** The receipt of SPEC section 5. It contains the vote: never put it where a server could log it. */
export const receiptSchema = z
  .strictObject({
    ...handedIn,
    batch: z.int().min(0),
    proof: z.array(hash).max(8),
    promise: promise.optional(),
  })
  .refine(isWhole);

/** What there is of a ballot that was never sealed: itself, and that the service took it in. */
export const slipSchema = z.strictObject({ ...handedIn, promise }).refine(isWhole);

/** All that is needed to prove a ballot's inclusion and to open it without the service. */
export type Receipt = z.infer<typeof receiptSchema>;

/** A ballot with the service's promise to seal it, and no place on chain. */
export type Slip = z.infer<typeof slipSchema>;

/** The receipt number that people compare: the first 16 hex digits of the leaf in groups of four. */
export function receiptNumber(leaf: Hex): string {
  return leaf.slice(2, 18).toUpperCase().match(/.{4}/g)!.join(" ");
}

/** The receipt file: canonical JSON. */
export function receiptBytes(receipt: Receipt): Uint8Array<ArrayBuffer> {
  return canonicalBytes(receiptSchema.parse(receipt));
}

function parseTrimmed(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes).trim();
  return parseCanonical(new TextEncoder().encode(text));
}

/** Reads a receipt file; surrounding white space is allowed, anything else throws. */
export function parseReceipt(bytes: Uint8Array): Receipt {
  return receiptSchema.parse(parseTrimmed(bytes));
}

/** Reads a receipt or a slip in the same way. */
export function parseReceiptOrSlip(bytes: Uint8Array): Receipt | Slip {
  return z.union([receiptSchema, slipSchema]).parse(parseTrimmed(bytes));
}

/**
 * The receipt for the fragment of the check page's address (`#r=`): base64url of the file's bytes, no padding. Without
 * the promise, which the check does not need and a QR code has no room for.
 */
export function toReceiptFragment({ promise: _, ...receipt }: Receipt): string {
  const binary = Array.from(receiptBytes(receipt), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads what `toReceiptFragment` wrote; throws for anything else. */
export function fromReceiptFragment(fragment: string): Receipt {
  const binary = atob(fragment.replaceAll("-", "+").replaceAll("_", "/"));
  return parseReceipt(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
