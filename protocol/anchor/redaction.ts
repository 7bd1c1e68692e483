import type { Hex } from "viem";
import { type SigningDomain, eip712Domain } from "../registry/messages.ts";

const REDACT_TYPES = {
  Redact: [
    { name: "record", type: "bytes32" },
    { name: "path", type: "string" },
    { name: "field", type: "bytes32" },
    { name: "reason", type: "string" },
  ],
} as const;

/** The roles that redact together, in the order of their signatures. */
export const REDACTION_ROLES = ["registrar", "committee"] as const;

/** What two officers sign to delete what stands behind a sealed field: the record's leaf, where in it, and why. */
export type RedactMessage = { record: Hex; path: string; field: Hex; reason: string };

/** The typed data of a redaction, in the Registry's domain. No contract checks it; verifiers do. */
export function redactTypedData(domain: SigningDomain, message: RedactMessage) {
  return {
    domain: eip712Domain(domain),
    types: REDACT_TYPES,
    primaryType: "Redact",
    message,
  } as const;
}
