import { type Hex, keccak256, size, slice } from "viem";
import { ROLE, type Role } from "../registry/messages.ts";
import { verifyOfficerKey, verifyWallet } from "../registry/officer.ts";
import { findVerifier } from "./verifiers.ts";
import { compareLogs, eventsNamed } from "./events.ts";
import type { Evidence } from "./evidence.ts";
import type { CheckDetail } from "./report.ts";
import type { ChainLog } from "./source.ts";

/** An officer's signature as contracts take it: an ERC-7913 signer, and what it accepts. */
export type Attestation = { signer: Hex; signature: Hex };

/** What different officers signed, each in a role, and the event that came of it. */
export type AttestedAct = {
  digest: Hex;
  roles: readonly Role[];
  attestations: readonly Attestation[];
  log: ChainLog;
};

/** The roles that a signer held when the event happened, by the Registry's own events. */
export function rolesAt(evidence: Pick<Evidence, "registry">, signer: Hex, log: ChainLog): number {
  const id = keccak256(signer);
  const changes = eventsNamed(evidence.registry, "OfficerSet").filter(
    ({ args, log: change }) => args.officerId === id && compareLogs(change, log) < 0,
  );
  return changes.at(-1)?.args.roles ?? 0;
}

const verifierOf = (signer: Hex): Hex => slice(signer, 0, 20).toLowerCase() as Hex;

/** Whether the officer signed the digest; undefined where only a contract could tell. */
async function verifyOfficer(
  { code }: Pick<Evidence, "code">,
  digest: Hex,
  { signer, signature }: Attestation,
): Promise<boolean | undefined> {
  if (size(signer) === 20) {
    const address = signer.toLowerCase() as Hex;
    const isAccount = code.get(address) === "0x";
    return (await verifyWallet(address, digest, signature)) || (isAccount ? false : undefined);
  }
  const verifier = size(signer) === 84 ? findVerifier(code.get(verifierOf(signer))) : undefined;
  if (!verifier) return undefined;
  return verifyOfficerKey(verifier, { point: slice(signer, 20), digest, signature });
}

/** What is wrong with an act that different officers of these roles had to sign; undefined when nothing is. */
export async function findAttestationFault(
  evidence: Pick<Evidence, "registry" | "code">,
  { digest, roles, attestations, log }: AttestedAct,
): Promise<CheckDetail | undefined> {
  if (attestations.length !== roles.length) return "malformed";
  const signers = new Set(attestations.map(({ signer }) => signer.toLowerCase()));
  const hold = attestations.every(
    ({ signer }, i) => (rolesAt(evidence, signer, log) & ROLE[roles[i]!]) !== 0,
  );
  if (signers.size < attestations.length || !hold) return "wrongAuthority";
  const verdicts = await Promise.all(
    attestations.map((attestation) => verifyOfficer(evidence, digest, attestation)),
  );
  if (verdicts.includes(false)) return "wrongSignature";
  return verdicts.includes(undefined) ? "unknownVerifier" : undefined;
}
