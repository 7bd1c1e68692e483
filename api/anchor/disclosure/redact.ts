import type { Hex } from "viem";
import { REDACTION_ROLES, redactTypedData } from "../../../protocol/anchor/redaction.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toInstant } from "../../clock.ts";
import type { Clock } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { Attestation, Proposal, Registry } from "../../registry/service.ts";
import { getRecord } from "../log/records.ts";
import type { Anchor } from "../service.ts";
import { listSealedIn } from "./disclosures.ts";

/** Kind of the proposal. */
const REDACT = "redact";

export interface RedactionDeps {
  db: Db;
  clock: Clock;
  anchor: Pick<Anchor, "append">;
  registry: Pick<Registry, "getCommunity" | "proposals" | "titleOf">;
}

export interface RedactionRequest {
  communityId: string;
  /** Index of the record, and the JSON pointer of its sealed field. */
  record: number;
  path: string;
  /** Published; names nobody. */
  reason: string;
  officer: OfficerCaller;
}

/** What the proposal keeps, until both have signed. */
interface Redaction {
  record: number;
  leaf: Hex;
  path: string;
  sealed: string;
  reason: string;
}

/** Puts the deletion of what stands behind a sealed field before a registrar and a committee officer. */
export async function proposeRedaction(
  { db, registry }: RedactionDeps,
  { communityId, record: index, path, reason, officer }: RedactionRequest,
): Promise<{ proposal: string }> {
  const { bytes, leaf } = await getRecord(db, communityId, index);
  const sealed = listSealedIn(bytes).find((place) => place.path === path)?.sealed;
  if (!sealed) throw new DomainError("FieldNotSealed", { index });
  const payload: Redaction = { record: index, leaf, path, sealed, reason };
  return db.$transaction(async (tx) => {
    await requireDisclosed(tx, communityId, payload);
    const { chainId, registry: contract } = await registry.getCommunity(tx, communityId);
    const message = { record: leaf, path, field: sealed as Hex, reason };
    const { id } = await registry.proposals.create(tx, {
      communityId,
      kind: REDACT,
      typedData: redactTypedData({ chainId, contract }, message),
      summary: { record: index, path, reason },
      roles: REDACTION_ROLES,
      payload,
      createdBy: officer,
    });
    return { proposal: id };
  });
}

async function requireDisclosed(
  tx: Tx,
  communityId: string,
  { sealed, record: index }: Redaction,
): Promise<void> {
  const where = { communityId_sealed: { communityId, sealed } };
  const row = await tx.disclosure.findUnique({ where, select: { value: true } });
  if (row?.value == null) throw new DomainError("FieldRedacted", { index });
}

type Redactor = RecordOf<"redaction">["by"][number];

async function toRedactor(
  { registry }: RedactionDeps,
  tx: Tx,
  { communityId, attestation }: { communityId: string; attestation: Attestation },
): Promise<Redactor> {
  const { officer, role, signer, signature } = attestation;
  const office = await registry.titleOf(tx, communityId, officer);
  return { office, role: role as Redactor["role"], signer, signature };
}

/** Both have signed: salt and text are gone in the transaction that publishes that they are. */
async function redact(
  deps: RedactionDeps,
  tx: Tx,
  {
    proposal,
    attestations,
  }: { proposal: Proposal; attestations: readonly [Attestation, Attestation] },
): Promise<void> {
  const { communityId } = proposal;
  const payload = proposal.payload as Redaction;
  await requireDisclosed(tx, communityId, payload);
  const [first, second] = attestations;
  const { index } = await deps.anchor.append(tx, communityId, {
    v: 1,
    type: "redaction",
    community: communityId,
    at: toInstant(deps.clock.now()),
    ...payload,
    by: [
      await toRedactor(deps, tx, { communityId, attestation: first }),
      await toRedactor(deps, tx, { communityId, attestation: second }),
    ],
  });
  await tx.disclosure.update({
    where: { communityId_sealed: { communityId, sealed: payload.sealed } },
    data: { salt: null, value: null, redactedBy: index },
  });
  const data = { record: payload.record, index };
  await publishEvent(tx, communityId, { type: "redacted", data });
}

/** Registers what follows from the second signature: to be called before the service opens. */
export function registerRedaction(deps: RedactionDeps): void {
  deps.registry.proposals.onComplete(REDACT, (tx, proposal, attestations) =>
    redact(deps, tx, { proposal, attestations }),
  );
}
