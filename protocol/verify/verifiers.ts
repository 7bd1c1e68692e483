import { type Hex, keccak256 } from "viem";
import { verifierHashes } from "../abi/verifiers.ts";
import { VERIFIERS, type VerifierName } from "../registry/officer.ts";

/** Which verifier of officers' keys has this code; undefined for any other, whose answers only a chain can tell. */
export function findVerifier(code: Hex | undefined): VerifierName | undefined {
  if (code === undefined || code === "0x") return undefined;
  const hash = keccak256(code);
  return VERIFIERS.find((name) => verifierHashes[name] === hash);
}
