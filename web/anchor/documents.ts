import { Problem } from "../service/problem.ts";
import { requestBytes } from "../service/request.ts";

export function documentUrl(community: string, sha256: string): string {
  return `/api/communities/${encodeURIComponent(community)}/documents/${sha256}`;
}

/** SHA-256 of bytes as 0x hex; only where the browser lets pages hash. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `0x${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** A document as text, taken only when its bytes have the hash that the record names. */
export async function documentText(community: string, sha256: string): Promise<string> {
  const bytes = await requestBytes(documentUrl(community, sha256));
  // Missing where the page is served over plain http from another machine; the recount checks again.
  if (globalThis.isSecureContext && (await sha256Hex(bytes)) !== sha256) {
    throw new Problem("DocumentDiffers", { params: { sha256 } });
  }
  return new TextDecoder().decode(bytes);
}
