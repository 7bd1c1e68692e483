import path from "node:path";
import { readKit } from "../../api/evidence/kit.ts";
import { bundleFiles } from "../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../protocol/verify/bundle/pack.ts";

const KIT = path.resolve(import.meta.dirname, "../../dist/verifier");

/** Collected evidence as one file, the verifier in it. */
export async function packEvidence(
  collected: Parameters<typeof bundleFiles>[0],
): Promise<Uint8Array> {
  return packArchive(bundleFiles(collected, await readKit(KIT)));
}
