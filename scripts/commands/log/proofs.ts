import * as z from "zod";
import type { Hash } from "../../../protocol/anchor/log.ts";
import { verifyConsistency, verifyInclusion } from "../../../protocol/anchor/proof.ts";
import {
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from "../../../protocol/anchor/subtree.ts";
import { fromBase64 } from "../../../protocol/anchor/tlog/base64.ts";
import { Unusable } from "../input.ts";

// The JSON of transparency-dev/merkle's test vectors: numbers as texts, hashes as base64; other fields are passed over.

const number = z
  .union([z.int().min(0), z.string().regex(/^(?:0|[1-9][0-9]{0,19})$/)])
  .transform((value) => BigInt(value));

const hash = z.string().transform((text, context): Hash => {
  const bytes = fromBase64(text);
  if (bytes) return bytes;
  context.addIssue({ code: "custom", message: "not base64" });
  return z.NEVER;
});

const proof = z
  .array(hash)
  .nullish()
  .transform((path) => path ?? []);

const inclusionSchema = z.union([
  z
    .object({ leafIdx: number, treeSize: number, root: hash, leafHash: hash, proof })
    .transform(({ leafIdx, treeSize, root, leafHash, proof: path }) =>
      verifyInclusion({ size: treeSize, root }, leafIdx, leafHash, path),
    ),
  z
    .object({ leafIdx: number, start: number, end: number, root: hash, leafHash: hash, proof })
    .transform(({ leafIdx, start, end, root, leafHash, proof: path }) =>
      verifySubtreeInclusion({ start, end, root }, leafIdx, leafHash, path),
    ),
]);

const consistencySchema = z.union([
  z
    .object({ size1: number, size2: number, root1: hash, root2: hash, proof })
    .transform(({ size1, size2, root1, root2, proof: path }) =>
      verifyConsistency({ size: size1, root: root1 }, { size: size2, root: root2 }, path),
    ),
  z
    .object({ start: number, end: number, size: number, root1: hash, root2: hash, proof })
    .transform(({ start, end, size, root1, root2, proof: path }) =>
      verifySubtreeConsistency({ start, end, root: root1 }, { size, root: root2 }, path),
    ),
]);

const SCHEMAS = { inclusion: inclusionSchema, consistency: consistencySchema };

function parseCases(input: string): { cases: unknown[]; isList: boolean } {
  try {
    const value: unknown = JSON.parse(input);
    return Array.isArray(value)
      ? { cases: value, isList: true }
      : { cases: [value], isList: false };
  } catch {
    throw new Unusable("the input is not JSON");
  }
}

/** Verdicts on one proof, or on a list of them. */
export function verifyProofs(
  kind: keyof typeof SCHEMAS,
  input: string,
): { verdicts: boolean[]; isList: boolean } {
  const { cases, isList } = parseCases(input);
  const verdicts = cases.map((one, i) => {
    const result = SCHEMAS[kind].safeParse(one);
    if (result.success) return result.data;
    throw new Unusable(`${isList ? `case ${i} is` : "the input is"} no ${kind} proof`);
  });
  return { verdicts, isList };
}
