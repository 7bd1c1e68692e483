import { sha256 } from "viem";
import { z } from "zod";
import { canonicalBytes, parseCanonical } from "../../anchor/json.ts";
import type { CheckDetail, Checks } from "../report.ts";
import { ArchiveInvalid, isSafeName } from "./archive.ts";
import { scopeSchema } from "./scope.ts";

/** The name of the list of all other files. */
export const MANIFEST = "manifest.json";

const hex = z.templateLiteral(["0x", z.string().regex(/^([0-9a-f]{2})*$/)]);
const number = z.int().min(0);

const manifestSchema = z.strictObject({
  format: z.literal("mingzhang-bundle"),
  v: z.literal(2),
  scope: scopeSchema,
  community: z.strictObject({
    community: z.string(),
    chainId: number,
    registry: hex,
    anchor: hex,
    assembly: hex,
    fund: hex,
  }),
  chain: z.strictObject({
    chainId: number,
    /** The block that the bundle ends with: what happened later is not in it. */
    head: z.strictObject({ number, hash: hex, timestamp: number }),
  }),
  files: z
    .array(z.strictObject({ name: z.string().refine(isSafeName), size: number, sha256: hex }))
    .refine((files) => files.every(({ name }, i) => i === 0 || files[i - 1]!.name < name)),
});

/** What a bundle says of itself, and the list of its files. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest over files, as a file of its own. */
export function manifestBytes(
  about: Pick<Manifest, "scope" | "community" | "chain">,
  files: ReadonlyMap<string, Uint8Array>,
): Uint8Array<ArrayBuffer> {
  const names = [...files.keys()].sort((a, b) => (a < b ? -1 : 1));
  const list = names.map((name) => {
    const bytes = files.get(name)!;
    return { name, size: bytes.length, sha256: sha256(bytes) };
  });
  const { scope, community, chain } = about;
  const manifest = { format: "mingzhang-bundle", v: 2, scope, community, chain, files: list };
  return canonicalBytes(manifestSchema.parse(manifest));
}

/** Reads the manifest; throws `ArchiveInvalid`. */
export function readManifest(files: ReadonlyMap<string, Uint8Array>): Manifest {
  const bytes = files.get(MANIFEST);
  if (!bytes) throw new ArchiveInvalid("noManifest");
  try {
    return manifestSchema.parse(parseCanonical(bytes));
  } catch (cause) {
    throw new ArchiveInvalid("badManifest", undefined, { cause });
  }
}

/**
 * Compares the files with the manifest, names what differs, is missing or is not listed, and gives
 * those that are listed. One that differs is looked into as it is, so that the difference is found.
 */
export function checkFiles(
  { files: listed }: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
  checks: Checks,
): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const fail = (subject: string, detail: CheckDetail, both: { expected: string; found: string }) =>
    checks.that(false, { name: "bundleFile", subject, ...both, detail });
  for (const { name, sha256: expected } of listed) {
    const bytes = files.get(name);
    const hash = bytes ? sha256(bytes) : "";
    if (bytes) found.set(name, bytes);
    if (hash !== expected) fail(name, bytes ? "differs" : "missing", { expected, found: hash });
  }
  const extra = [...files.keys()].filter((name) => name !== MANIFEST && !found.has(name));
  for (const name of extra) fail(name, "notListed", { expected: "", found: name });
  if (!checks.list.some(({ name }) => name === "bundleFile")) {
    checks.equal({ name: "bundleFile", expected: listed.length, found: found.size });
  }
  return found;
}
