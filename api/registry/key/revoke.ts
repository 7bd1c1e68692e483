import { revokeTypedData } from "../../../protocol/registry/messages.ts";
import { toInstant } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { registryDomain } from "../community/find.ts";
import type { RegistryContext } from "../context.ts";
import { getRollByNumber } from "../roll/find.ts";
import { toArguments } from "../roll/freeze.ts";
import type { Attestation, Proposal } from "../service.ts";
import { noteAct } from "./desk.ts";

/** Kind of the proposal and of the call that follows from it. */
const REVOKE = "revokeKey";

/** A key's place, as it stands in the proposal and names the call. */
interface Place {
  rollId: string;
  page: number;
  position: number;
}

export interface RevocationInput {
  communityId: string;
  roll: number;
  page: number;
  position: number;
  /** Published: lost, sold. Names nobody. */
  reason: string;
  officer: OfficerCaller;
}

/** Puts the end of a key before a registrar and a committee officer. */
export async function proposeRevocation(
  context: RegistryContext,
  input: RevocationInput,
): Promise<{ proposal: string }> {
  const { communityId, page, position, reason, officer } = input;
  const roll = await getRollByNumber(context.db, communityId, input.roll);
  return context.db.$transaction(async (tx) => {
    const place = { rollId: roll.id, page, position };
    const { count } = await tx.boundKey.updateMany({
      where: { ...place, revocation: null },
      data: { revocation: "proposed", reason },
    });
    if (count === 0) await refuse(tx, place);
    const key = await tx.boundKey.findUniqueOrThrow({ where: { rollId_page_position: place } });
    const act = { act: "proposedRevocation", voters: [key.voter], reason } as const;
    await noteAct(context, tx, { rollId: roll.id, officer, ...act });
    const message = { roll: BigInt(roll.number), page: BigInt(page), position: BigInt(position) };
    const proposal = await context.proposals.create(tx, {
      communityId,
      kind: REVOKE,
      typedData: revokeTypedData(await registryDomain(tx, communityId), message),
      summary: { roll: roll.number, page, position, reason },
      roles: ["registrar", "committee"],
      payload: place,
      createdBy: officer,
    });
    return { proposal: proposal.id };
  });
}

async function refuse(tx: Tx, place: Place): Promise<never> {
  const { page, position } = place;
  const key = await tx.boundKey.findUnique({ where: { rollId_page_position: place } });
  throw new DomainError(key ? "KeyRevoked" : "KeyNotFound", { page, position });
}

const refOf = ({ rollId, page, position }: Place): string => `${rollId}/${page}/${position}`;

function placeOf(ref: string): Place {
  const [rollId, page, position] = ref.split("/");
  return { rollId: rollId!, page: Number(page), position: Number(position) };
}

async function sendRevocation(
  context: RegistryContext,
  tx: Tx,
  {
    proposal,
    attestations,
  }: { proposal: Proposal; attestations: readonly [Attestation, Attestation] },
): Promise<void> {
  const place = proposal.payload as Place;
  const key = await tx.boundKey.update({
    where: { rollId_page_position: place },
    data: { revocation: "revoking" },
    include: { keyPage: { include: { roll: true } } },
  });
  const { number, communityId } = key.keyPage.roll;
  const { page, position } = place;
  await context.publication.append(tx, communityId, {
    v: 1,
    type: "revocation",
    community: communityId,
    at: toInstant(context.clock.now()),
    roll: number,
    page,
    position,
    reason: key.reason ?? "",
  });
  await context.chain.enqueue(tx, {
    communityId,
    contract: "registry",
    functionName: "revokeKey",
    args: [BigInt(number), { page, position }, toArguments(attestations)],
    kind: REVOKE,
    ref: `${refOf(place)}/${proposal.id}`,
  });
}

export function registerRevoke(context: RegistryContext): void {
  const { chain, clock, proposals } = context;
  const reset = { revocation: null, reason: null };
  proposals.onComplete(REVOKE, (tx, proposal, attestations) =>
    sendRevocation(context, tx, { proposal, attestations }),
  );
  proposals.onWithdraw(REVOKE, async (tx, { payload }) => {
    await tx.boundKey.update({ where: { rollId_page_position: payload as Place }, data: reset });
  });
  chain.onMined(REVOKE, async (tx, { ref, communityId }) => {
    const where = { rollId_page_position: placeOf(ref) };
    const data = { revocation: "revoked" as const, revokedAt: clock.now() };
    const { page, position } = await tx.boundKey.update({ where, data });
    await publishEvent(tx, communityId, { type: "keyRevoked", data: { page, position } });
  });
  chain.onFailed(REVOKE, async (tx, { ref }, { code }) => {
    await tx.boundKey.update({ where: { rollId_page_position: placeOf(ref) }, data: reset });
    await proposals.markFailed(tx, ref.split("/")[3]!, code);
  });
}
