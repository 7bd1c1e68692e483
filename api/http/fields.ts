import type { Hex } from "viem";
import * as z from "zod";

// Fields that many routes share, with what the documentation says about them.

/** 0x hex, lower case on the way in; of one of the lengths in bytes where given. */
export function hex(...bytes: number[]): z.ZodType<Hex, string> {
  const digits = bytes.map((length) => `[0-9a-fA-F]{${length * 2}}`).join("|");
  return z
    .string()
    .max(200_000)
    .regex(new RegExp(`^0x(?:${digits || "[0-9a-fA-F]*"})$`))
    .transform((text) => text.toLowerCase() as Hex)
    .meta({
      override: {
        type: "string",
        description: `0x hex${digits ? `, ${bytes.join(" or ")} bytes` : ""}`,
      },
    });
}

/** The same in answers, where nothing is changed. */
export const hexOut = z.string().meta({ example: "0x9f86…" });

export const instant = z.string().meta({ format: "date-time" });

/** m², at most four decimals, e.g. 98.5. */
export const area = z.string().meta({ description: "m², decimal text", example: "98.5" });

export const communityId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/)
  .meta({ description: "community id", example: "mingyuan" });

export const communityParams = z.object({ community: communityId });

export const uuid = z.uuid();

/** A whole number in a path or a query. */
export const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const personKeySchema = z.object({
  kind: z.union([z.literal(0), z.literal(1)]).meta({ description: "0 secp256k1, 1 P-256" }),
  keyId: hex(20, 32).meta({
    description: "the address (20 bytes) for kind 0, x of the public key (32) for kind 1",
  }),
});

export const signedSchema = z.object({
  form: z.union([z.literal(0), z.literal(1), z.literal(2)]).meta({
    description: "0 plain, 1 sha256 (WebCrypto), 2 WebAuthn",
  }),
  envelope: hex().optional(),
  signature: hex().meta({
    description: "64 bytes r ‖ vs for kind 0, 96 bytes r ‖ s ‖ y for kind 1",
  }),
});
