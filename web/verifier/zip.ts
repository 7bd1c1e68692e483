import { zipSync } from "fflate";

// In builds for browsers this file takes the place of what write-excel-file packs with, which starts workers of its own
// for large sheets: pages and workers under a strict policy may not. Who asks works in a worker already.

/** Files as one archive. */
export default function zipToArrayBuffer(files: Record<string, Uint8Array>): Promise<ArrayBuffer> {
  return Promise.resolve(zipSync(files).buffer);
}
