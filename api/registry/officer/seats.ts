import { setTimeout as delay } from "node:timers/promises";
import { type Hex, concat, slice } from "viem";
import { FORM } from "../../../protocol/registry/keys.ts";
import { officerSigner } from "../../../protocol/registry/officer.ts";
import type { Verifiers } from "../../chain/service.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { OfficerSeat } from "../../database/generated/client.ts";
import { fromRoles, toRoles } from "../../http/authority.ts";
import type { OfficerCaller, Role } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { LoginProof } from "../../http/session.ts";
import type { RegistryContext } from "../context.ts";
import { drawCode, hashCode } from "../key/code.ts";
import { requireRolesApart } from "./officers.ts";
import { proposeOfficer } from "./change.ts";

// An officer makes his key himself, on his own device, with a link that whoever appoints him hands over. The key
// counts once that person has compared its number with the officer, and (in a community that stands) two have signed.

const VALID_DAYS = 14;

export interface SeatInput {
  communityId: string;
  title: string;
  roles: readonly Role[];
  /** Undefined: the operator, while the community is being founded. */
  by?: OfficerCaller | undefined;
}

export interface OpenedSeat {
  id: string;
  /** Shown this once. */
  code: string;
  expiresAt: Date;
}

/** Opens an office to whoever gets the link. */
export async function openSeat(context: RegistryContext, input: SeatInput): Promise<OpenedSeat> {
  const { communityId, title, roles, by } = input;
  requireRolesApart(roles);
  const { code, codeHash, createdAt, expiresAt } = drawLink(context);
  const data = { communityId, title, roles: fromRoles(roles), codeHash, createdAt, expiresAt };
  const { id } = await context.db.officerSeat.create({
    data: { ...data, createdBy: by?.id ?? null },
  });
  return { id, code, expiresAt };
}

function drawLink({ cipher, clock }: RegistryContext) {
  const code = drawCode();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + VALID_DAYS * 86_400_000);
  return { code, codeHash: hashCode(cipher, "seat", code), createdAt, expiresAt };
}

/** A seat by its community; throws SeatNotFound for withdrawn ones too. */
export async function getSeat(db: Db | Tx, communityId: string, id: string): Promise<OfficerSeat> {
  const seat = await db.officerSeat.findUnique({ where: { id } });
  if (!seat || seat.communityId !== communityId || seat.state === "withdrawn") {
    throw new DomainError("SeatNotFound");
  }
  return seat;
}

/** A new link for a seat that is not taken for good: the old link, and a key made with it, count no more. */
export async function reopenSeat(
  context: RegistryContext,
  { communityId, id }: { communityId: string; id: string },
): Promise<OpenedSeat> {
  const { code, codeHash, expiresAt } = drawLink(context);
  const unclaimed = { signer: null, keyId: null, claimedAt: null, confirmedAt: null };
  await changeSeat(
    context.db,
    { communityId, id },
    { state: "invited", codeHash, expiresAt, ...unclaimed },
  );
  return { id, code, expiresAt };
}

export async function withdrawSeat(
  { db }: RegistryContext,
  place: { communityId: string; id: string },
): Promise<void> {
  await changeSeat(db, place, { state: "withdrawn" });
}

const OPEN = ["invited", "claimed", "confirmed"] as const;

type SeatChange = Partial<
  Pick<
    OfficerSeat,
    "state" | "codeHash" | "expiresAt" | "signer" | "keyId" | "claimedAt" | "confirmedAt"
  >
>;

async function changeSeat(
  db: Db,
  { communityId, id }: { communityId: string; id: string },
  data: SeatChange,
): Promise<void> {
  await getSeat(db, communityId, id);
  const where = { id, communityId, state: { in: [...OPEN] } };
  const { count } = await db.officerSeat.updateMany({ where, data });
  if (count === 0) throw new DomainError("SeatNotInvited");
}

/** The seat behind a link, for whoever opens it. */
export async function findSeatByCode(context: RegistryContext, code: string): Promise<OfficerSeat> {
  const codeHash = hashCode(context.cipher, "seat", code);
  const seat = await context.db.officerSeat.findUnique({ where: { codeHash } });
  if (!seat || seat.state === "withdrawn") throw new DomainError("SeatCodeUnknown");
  if (seat.expiresAt <= context.clock.now() && seat.state === "invited") {
    throw new DomainError("SeatCodeExpired");
  }
  return seat;
}

/** Takes the key of whoever holds the link. */
export async function claimSeat(
  context: RegistryContext,
  input: { code: string; proof: LoginProof },
): Promise<OfficerSeat> {
  await context.requireProof(input.proof, "enrol");
  const signer = await toSigner(context, input.proof);
  const { id, communityId } = await findSeatByCode(context, input.code);
  return context.db.$transaction(async (tx) => {
    await requireFreeKey(tx, { communityId, keyId: input.proof.keyId });
    const data = { state: "claimed" as const, signer, keyId: input.proof.keyId };
    const claimedAt = context.clock.now();
    const where = { id, state: "invited" as const };
    const { count } = await tx.officerSeat.updateMany({ where, data: { ...data, claimedAt } });
    if (count === 0) throw new DomainError("SeatNotInvited");
    return tx.officerSeat.findUniqueOrThrow({ where: { id } });
  });
}

/** One key, one officer: with two seats one person would be two. */
async function requireFreeKey(
  tx: Tx,
  { communityId, keyId }: { communityId: string; keyId: Hex },
): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${`seats ${communityId}`}))::text`;
  const seats = await tx.officerSeat.count({
    where: { communityId, keyId, state: { in: ["claimed", "confirmed"] } },
  });
  const officers = await tx.officer.count({ where: { communityId, keyId, roles: { gt: 0 } } });
  if (seats + officers > 0) throw new DomainError("SeatKeyTaken");
}

/** The key as the contracts take it: the form in which it proved itself tells which verifier it needs. */
async function toSigner(context: RegistryContext, proof: LoginProof): Promise<Hex> {
  const { form, keyId, signature } = proof;
  if (form === FORM.plain) return keyId;
  const verifiers = await waitForVerifiers(context);
  const verifier = form === FORM.webauthn ? "webAuthnVerifier" : "webCryptoVerifier";
  // A P-256 signature carries y.
  return officerSigner(verifiers[verifier], concat([keyId, slice(signature, 64)]));
}

const WAIT_SECONDS = 15;

/** They are on their way since the service's first start. */
async function waitForVerifiers({ chain, db }: RegistryContext): Promise<Verifiers> {
  const deadline = Date.now() + WAIT_SECONDS * 1000;
  for (;;) {
    const verifiers = await chain.findVerifiers(db);
    if (verifiers) return verifiers;
    if (Date.now() > deadline) throw new DomainError("CommunityNotReady");
    await delay(100);
  }
}

/** Whoever gave the seat has compared the key's number with its holder: it is this key that he means. */
export async function confirmSeat(
  { db, clock }: RegistryContext,
  { communityId, id, keyId }: { communityId: string; id: string; keyId: Hex },
): Promise<void> {
  await getSeat(db, communityId, id);
  const where = { id, keyId, state: { in: ["claimed" as const, "confirmed" as const] } };
  const data = { state: "confirmed" as const, confirmedAt: clock.now() };
  const { count } = await db.officerSeat.updateMany({ where, data });
  if (count === 0) throw new DomainError("SeatNotClaimed");
}

/** Puts a claimed seat before the two officers; `keyId` is the key whose number was compared. */
export async function proposeSeat(
  context: RegistryContext,
  input: { communityId: string; id: string; keyId: Hex; by: OfficerCaller },
): Promise<{ proposal: string }> {
  const { communityId, id, by } = input;
  await confirmSeat(context, input);
  const seat = await getSeat(context.db, communityId, id);
  const roles = toRoles(seat.roles);
  const officer = { signer: seat.signer as Hex, roles, title: seat.title };
  const { proposal } = await proposeOfficer(context, { communityId, officer, by });
  const data = { state: "appointed" as const, proposalId: proposal };
  await context.db.officerSeat.update({ where: { id }, data });
  return { proposal };
}

/** Seats of a community, the oldest first. */
export function listSeats(db: Db | Tx, communityId: string): Promise<OfficerSeat[]> {
  const where = { communityId, state: { not: "withdrawn" as const } };
  return db.officerSeat.findMany({ where, orderBy: { createdAt: "asc" } });
}
