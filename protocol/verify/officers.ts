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

/** What two officers signed, in which roles, and the event that came of it. */
export type AttestedAct = {
  digest: Hex;
  roles: readonly [Role, Role];
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

/** What one officer signed, in which role, and the event that came of it. */
export type SignedAct = {
  digest: Hex;
  role: Role;
  attestation: Attestation;
  log: ChainLog;
};

/** What is wrong with an act that one officer had to sign; undefined when nothing is. */
export async function findSignatureFault(
  evidence: Pick<Evidence, "registry" | "code">,
  { digest, role, attestation, log }: SignedAct,
): Promise<CheckDetail | undefined> {
  if ((rolesAt(evidence, attestation.signer, log) & ROLE[role]) === 0) return "wrongAuthority";
  const verdict = await verifyOfficer(evidence, digest, attestation);
  if (verdict === undefined) return "unknownVerifier";
  return verdict ? undefined : "wrongSignature";
}

/** What is wrong with an act that two officers had to sign; undefined when nothing is. */
export async function findAttestationFault(
  evidence: Pick<Evidence, "registry" | "code">,
  { digest, roles, attestations, log }: AttestedAct,
): Promise<CheckDetail | undefined> {
  const [first, second, ...others] = attestations;
  if (!first || !second || others.length > 0) return "malformed";
  if (first.signer.toLowerCase() === second.signer.toLowerCase()) return "wrongAuthority";
  const holds = ({ signer }: Attestation, role: Role): boolean =>
    (rolesAt(evidence, signer, log) & ROLE[role]) !== 0;
  if (!holds(first, roles[0]) || !holds(second, roles[1])) return "wrongAuthority";
  const verdicts = await Promise.all(
    [first, second].map((attestation) => verifyOfficer(evidence, digest, attestation)),
  );
  if (verdicts.includes(false)) return "wrongSignature";
  return verdicts.includes(undefined) ? "unknownVerifier" : undefined;
}
