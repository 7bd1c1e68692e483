import { z } from "zod";

// What the fields of records are made of. Objects are strict: an unknown field is an error, because what a
// verifier does not understand it must not pass over.

/** 32 bytes as `0x` and lower-case hex. */
export const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
/** A contract or account as `0x` and lower-case hex. */
export const address = z.string().regex(/^0x[0-9a-f]{40}$/);
/** A text that says something. */
export const text = z.string().min(1);
/** A count or an index. */
export const number = z.int().min(0);
/** A number of something that is numbered from 1. */
export const positive = z.int().min(1);
/** Unix seconds. */
export const seconds = z.int().min(0);

/** Square metres as the shortest decimal text. */
export const area = z.string().regex(/^(?:0|[1-9]\d{0,14})(?:\.\d{0,3}[1-9])?$/);
/** Heads and area side by side. */
export const figures = z.strictObject({ heads: number, area });

/** An amount in fen as decimal text in its shortest form, perhaps negative. */
export const fen = z.string().regex(/^(?:0|-?[1-9]\d{0,17})$/);
/** A calendar day. */
export const isoDate = z.iso.date();

/** A document by its name and the SHA-256 of its bytes. */
export const documentReference = z.strictObject({ name: text, sha256: hash });

/** The fields that every record has. */
export const common = {
  v: z.literal(1),
  community: text,
  at: z.iso.datetime(),
};

/** A text that may identify a person, as its salted hash: what stands behind it can be deleted (protocol/anchor/sealed.ts). */
export const sealed = z.strictObject({ sealed: hash });

/** A text in plain, or sealed where it may identify a person. */
export const sealable = z.union([text, sealed]);
