import { type Hex, bytesToHex, hexToBytes, keccak256 } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { KeyKind } from "../../../protocol/registry/keys.ts";
import { keysTypedData } from "../../../protocol/registry/messages.ts";
import { MAX_KEYS, decodeKeyPage, encodeKeyPage } from "../../../protocol/registry/pages.ts";
import { toInstant } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { Enrolment, KeyPage, Roll } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { toKeyKind } from "../../http/session.ts";
import { registryDomain } from "../community/find.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { RegistryContext } from "../context.ts";
import { getRollByNumber, lockRoll } from "../roll/find.ts";
import { toArguments } from "../roll/freeze.ts";
import { noteAct } from "./desk.ts";

/** Kind of the proposal and of the call that follows from it. */
const BIND = "bindKeys";

export interface ProposedPage {
  proposal: string;
  page: number;
  kind: KeyKind;
  count: number;
}

export interface BindInput {
  communityId: string;
  roll: number;
  /** Whose identity was checked at the desk; all that wait where it is left out. */
  enrolments?: readonly string[] | undefined;
  officer: OfficerCaller;
}

/** Puts waiting keys before a registrar and a committee officer, in pages of one kind. */
export async function proposeKeys(
  context: RegistryContext,
  input: BindInput,
): Promise<ProposedPage[]> {
  const { id } = await getRollByNumber(context.db, input.communityId, input.roll);
  return context.db.$transaction(async (tx) => {
    const roll = await lockRoll(tx, id);
    const chosen = input.enrolments ? { id: { in: [...input.enrolments] } } : {};
    const where = { rollId: id, state: "waiting" as const, ...chosen };
    const waiting = await tx.enrolment.findMany({ where });
    if (waiting.length === 0) throw new DomainError("EnrolmentNoneWaiting");
    const voters = [...new Set(waiting.map(({ voter }) => voter))];
    await noteAct(context, tx, { rollId: id, officer: input.officer, act: "proposedKeys", voters });
    const proposed: ProposedPage[] = [];
    for (const enrolments of cutPages(waiting)) {
      const page = await nextPage(tx, id);
      const { officer } = input;
      proposed.push(await proposePage(context, tx, { roll, page, enrolments, officer }));
    }
    return proposed;
  }, LONG_TRANSACTION);
}

function cutPages(waiting: readonly Enrolment[]): Enrolment[][] {
  const pages: Enrolment[][] = [];
  for (const kind of new Set(waiting.map((row) => row.kind))) {
    const own = waiting.filter((row) => row.kind === kind);
    const most = MAX_KEYS[toKeyKind(kind)];
    for (let at = 0; at < own.length; at += most) pages.push(own.slice(at, at + most));
  }
  return pages;
}

const STANDING = ["proposed", "signed", "binding", "bound"] as const;

async function nextPage(tx: Tx, rollId: string): Promise<number> {
  const where = { rollId, state: { in: [...STANDING] } };
  const last = await tx.keyPage.findFirst({ where, orderBy: { page: "desc" } });
  return (last?.page ?? -1) + 1;
}

interface PageInput {
  roll: Roll;
  page: number;
  enrolments: readonly Enrolment[];
  officer: OfficerCaller;
}

async function proposePage(
  context: RegistryContext,
  tx: Tx,
  { roll, page, enrolments, officer }: PageInput,
): Promise<ProposedPage> {
  const kind = toKeyKind(enrolments[0]!.kind);
  const bindings = enrolments.map(({ voter, keyId }) => ({ voter, keyId: keyId as Hex }));
  const entries = encodeKeyPage(kind, bindings);
  const createdAt = context.clock.now();
  const record: RecordOf<"keys"> = {
    v: 1,
    type: "keys",
    community: roll.communityId,
    at: toInstant(createdAt),
    roll: roll.number,
    page,
    kind,
    count: bindings.length,
    entries: keccak256(entries),
  };
  const stored = { entries: new Uint8Array(hexToBytes(entries)), record: JSON.stringify(record) };
  const row = await tx.keyPage.create({
    data: { rollId: roll.id, page, kind, ...stored, createdAt },
  });
  const message = {
    roll: BigInt(roll.number),
    page: BigInt(page),
    kind,
    entries: keccak256(entries),
  };
  const proposal = await context.proposals.create(tx, {
    communityId: roll.communityId,
    kind: BIND,
    typedData: keysTypedData(await registryDomain(tx, roll.communityId), message),
    summary: { roll: roll.number, page, kind, count: bindings.length },
    roles: ["registrar", "committee"],
    payload: { keyPage: row.id },
    createdBy: officer,
    excluded: await findHolder(tx, roll.communityId, bindings),
  });
  await tx.keyPage.update({ where: { id: row.id }, data: { proposalId: proposal.id } });
  await tx.enrolment.updateMany({
    where: { id: { in: enrolments.map(({ id }) => id) } },
    data: { state: "proposed", keyPageId: row.id },
  });
  return { proposal: proposal.id, page, kind, count: bindings.length };
}

/** An officer whose own key is among those to be confirmed: he may not be one of the two who confirm them. */
async function findHolder(
  tx: Tx,
  communityId: string,
  bindings: readonly { keyId: Hex }[],
): Promise<Hex | undefined> {
  const keyId = { in: bindings.map((binding) => binding.keyId) };
  const officer = await tx.officer.findFirst({ where: { communityId, keyId, roles: { gt: 0 } } });
  return officer ? (officer.id as Hex) : undefined;
}

/** The contract numbers pages as they come: a page that was signed early waits for those before it. */
async function sendReadyPages(context: RegistryContext, tx: Tx, rollId: string): Promise<void> {
  const where = { rollId, state: { in: [...STANDING] } };
  const pages = await tx.keyPage.findMany({ where, orderBy: { page: "asc" } });
  for (const page of pages) {
    if (page.state === "proposed") return;
    if (page.state === "signed") await sendPage(context, tx, page);
  }
}

async function sendPage(context: RegistryContext, tx: Tx, page: KeyPage): Promise<void> {
  const roll = await tx.roll.findUniqueOrThrow({ where: { id: page.rollId } });
  const attestations = await context.proposals.getAttestations(tx, page.proposalId!);
  const record = JSON.parse(page.record) as RecordOf<"keys">;
  await context.publication.append(tx, roll.communityId, record);
  await tx.keyPage.update({ where: { id: page.id }, data: { state: "binding" } });
  await context.chain.enqueue(tx, {
    communityId: roll.communityId,
    contract: "registry",
    functionName: "bindKeys",
    args: [BigInt(roll.number), page.kind, bytesToHex(page.entries), toArguments(attestations)],
    kind: BIND,
    ref: page.id,
  });
}

/** Their keys wait again, for another page. */
async function dropPage(
  tx: Tx,
  id: string,
  dropped: { state: "refused" | "withdrawn"; failure?: string },
): Promise<KeyPage> {
  await tx.enrolment.updateMany({
    where: { keyPageId: id },
    data: { state: "waiting", keyPageId: null },
  });
  return tx.keyPage.update({ where: { id }, data: dropped });
}

/** Pages after it carry numbers that will never come: they are taken back with it. */
async function withdrawPage(context: RegistryContext, tx: Tx, id: string): Promise<void> {
  const page = await dropPage(tx, id, { state: "withdrawn" });
  const later = await tx.keyPage.findMany({
    where: { rollId: page.rollId, page: { gt: page.page }, state: { in: ["proposed", "signed"] } },
  });
  for (const next of later) {
    if (next.state === "proposed") await context.proposals.withdraw(tx, next.proposalId!);
    else await dropPage(tx, next.id, { state: "withdrawn" });
  }
}

async function markBound(context: RegistryContext, tx: Tx, bound: { id: string }): Promise<void> {
  const { id } = bound;
  const boundAt = context.clock.now();
  const page = await tx.keyPage.update({
    where: { id },
    data: { state: "bound", boundAt },
    include: { roll: true },
  });
  const keys = decodeKeyPage(toKeyKind(page.kind), bytesToHex(page.entries)).map(
    (binding, position) => {
      const place = { rollId: page.rollId, page: page.page, position };
      return { ...place, ...binding, keyPageId: id, kind: page.kind, boundAt };
    },
  );
  await tx.boundKey.createMany({ data: keys });
  await tx.enrolment.updateMany({ where: { keyPageId: id }, data: { state: "bound" } });
  const data = { roll: page.roll.number, page: page.page, count: keys.length };
  await publishEvent(tx, page.roll.communityId, { type: "keysBound", data });
}

export function registerBind(context: RegistryContext): void {
  const { chain, proposals } = context;
  const idOf = (proposal: { payload: unknown }) =>
    (proposal.payload as { keyPage: string }).keyPage;
  proposals.onComplete(BIND, async (tx, proposal) => {
    const { rollId } = await tx.keyPage.findUniqueOrThrow({ where: { id: idOf(proposal) } });
    await lockRoll(tx, rollId);
    await tx.keyPage.update({ where: { id: idOf(proposal) }, data: { state: "signed" } });
    await sendReadyPages(context, tx, rollId);
  });
  proposals.onWithdraw(BIND, (tx, proposal) => withdrawPage(context, tx, idOf(proposal)));
  chain.onMined(BIND, (tx, { ref }) => markBound(context, tx, { id: ref }));
  chain.onFailed(BIND, async (tx, { ref }, { code }) => {
    const page = await dropPage(tx, ref, { state: "refused", failure: code });
    if (page.proposalId) await proposals.markFailed(tx, page.proposalId, code);
  });
}
