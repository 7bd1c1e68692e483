import { type Hex, bytesToHex, hexToBytes } from "viem";
import { recordBytes, recordLeaf } from "../../../protocol/anchor/record.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toPublishedLine } from "../../../protocol/registry/lines.ts";
import { rollTypedData } from "../../../protocol/registry/messages.ts";
import { decodeAreaPages, encodeAreaPages, joinAreas } from "../../../protocol/registry/pages.ts";
import type { FrozenRoll } from "../../../protocol/registry/roll.ts";
import type { Tx } from "../../database/client.ts";
import type { Roll } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { registryDomain } from "../community/find.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { RegistryContext } from "../context.ts";
import type { VotingUnit } from "../import/report.ts";
import type { ImportContent } from "../import/imports.ts";
import { carryKeys } from "../key/carry.ts";
import type { Attestation } from "../service.ts";
import { draftRoll, toRollMessage, toRollRecord } from "./draft.ts";
import type { RollDraft, RollScope } from "./draft.ts";

/** Kind of the proposal and of the call that follows from it. */
const FREEZE = "freezeRoll";
const STORE_AREAS = "storeAreas";

export interface RollInput {
  communityId: string;
  content: ImportContent;
  scope: RollScope;
  officer: OfficerCaller;
}

export interface ProposedRoll {
  id: string;
  roll: number;
  proposal: string;
  record: Hex;
}

/** Draws up a roll and puts it before a registrar and a committee officer. */
export async function proposeRoll(
  context: RegistryContext,
  input: RollInput,
): Promise<ProposedRoll> {
  const draft = draftRoll(input.content, input.scope, context.random);
  return context.db.$transaction(async (tx) => {
    const number = await takeNumber(tx, input.communityId);
    const record = await writeRecord(context, tx, { ...input, draft, number });
    const bytes = recordBytes(record);
    const leaf = recordLeaf(bytes);
    const id = crypto.randomUUID();
    const data = { ...toRollRow(draft), id, communityId: input.communityId, number };
    const text = new TextDecoder().decode(bytes);
    const stamp = {
      scope: record.scope,
      record: text,
      recordLeaf: leaf,
      createdAt: context.clock.now(),
    };
    await tx.roll.create({ data: { ...data, ...stamp } });
    await storeRoster(context, tx, { id, draft });
    const proposal = await context.proposals.create(tx, {
      communityId: input.communityId,
      kind: FREEZE,
      typedData: rollTypedData(
        await registryDomain(tx, input.communityId),
        toRollMessage(number, leaf, draft.frozen),
      ),
      summary: summarize(record),
      roles: ["registrar", "committee"],
      payload: { roll: id },
      createdBy: input.officer,
    });
    await tx.roll.update({ where: { id }, data: { proposalId: proposal.id } });
    return { id, roll: number, proposal: proposal.id, record: leaf };
  }, LONG_TRANSACTION);
}

/** The contract numbers rolls as it freezes them, so one waits at a time. */
async function takeNumber(tx: Tx, communityId: string): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM "Community" WHERE "id" = ${communityId} FOR UPDATE`;
  const state = { in: ["proposed" as const, "freezing" as const, "frozen" as const] };
  const last = await tx.roll.findFirst({
    where: { communityId, state },
    orderBy: { number: "desc" },
    select: { number: true, state: true, proposalId: true },
  });
  if (last && last.state !== "frozen") {
    throw new DomainError("RollPending", { roll: last.number, proposal: last.proposalId ?? "" });
  }
  return (last?.number ?? 0) + 1;
}

async function writeRecord(
  { publication, clock }: RegistryContext,
  tx: Tx,
  input: RollInput & { draft: RollDraft; number: number },
): Promise<RecordOf<"roll">> {
  const { communityId, draft, number, scope } = input;
  const json = { communityId, mediaType: "application/json" };
  const lines = { ...json, name: `roll-${number}-lines.json`, bytes: draft.lines };
  const source = { ...json, name: `roll-${number}-source.json`, bytes: draft.source };
  return toRollRecord({
    communityId,
    number,
    scope: scope.scope,
    draft,
    lines: (await publication.putDocument(tx, lines)).sha256,
    source: (await publication.putDocument(tx, source)).sha256,
    now: clock.now(),
  });
}

function toRollRow({ frozen }: RollDraft) {
  const areas = frozen.voters.map(({ areaE4 }) => areaE4);
  return {
    voters: frozen.voters.length,
    totalAreaE4: frozen.totalAreaE4,
    areaBytes: frozen.areaBytes,
    areas: new Uint8Array(hexToBytes(joinAreas(areas, frozen.areaBytes))),
    linesRoot: frozen.linesRoot,
    buildings: frozen.buildings.map((row) => ({ ...row, areaE4: row.areaE4.toString() })),
  };
}

const ROWS_AT_ONCE = 2000;

async function storeRoster(
  context: RegistryContext,
  tx: Tx,
  { id: rollId, draft: { frozen } }: { id: string; draft: RollDraft },
): Promise<void> {
  const voters = frozen.voters.map((voter) => ({
    rollId,
    number: voter.voter,
    areaE4: voter.areaE4,
    group: context.cipher.fingerprint(voter.key),
    owners: sealOwners(context, { rollId, voter }),
  }));
  const units = frozen.lines.map((line, position) => {
    const { building, entrance, unit, areaE4, voter, salt } = line;
    const { leaf } = toPublishedLine(line);
    return { rollId, position, building, entrance, unit, areaE4, voter, salt, leaf };
  });
  for (let at = 0; at < voters.length; at += ROWS_AT_ONCE) {
    await tx.rollVoter.createMany({ data: voters.slice(at, at + ROWS_AT_ONCE) });
  }
  for (let at = 0; at < units.length; at += ROWS_AT_ONCE) {
    await tx.rollUnit.createMany({ data: units.slice(at, at + ROWS_AT_ONCE) });
  }
}

interface OwnersOf {
  rollId: string;
  voter: FrozenRoll<VotingUnit>["voters"][number];
}

function sealOwners(
  context: RegistryContext,
  { rollId, voter }: OwnersOf,
): Uint8Array<ArrayBuffer> {
  const isDevelopers = voter.owners.length === 0;
  const owners = isDevelopers ? [] : (voter.units[0]?.source.owners ?? []);
  const names = owners.map(({ name }) => name);
  return context.cipher.seal(JSON.stringify(names), `voter ${rollId} ${voter.voter}`);
}

const summarize = (record: RecordOf<"roll">) => ({
  roll: record.roll,
  scope: record.scope,
  voters: record.voters,
  totalArea: record.totalArea,
  buildings: record.buildings.length,
});

/** Both have signed: the record enters the log, and the calls go to the chain. */
async function sendFreeze(
  context: RegistryContext,
  tx: Tx,
  { id, attestations }: { id: string; attestations: readonly [Attestation, Attestation] },
): Promise<void> {
  const roll = await tx.roll.findUniqueOrThrow({ where: { id } });
  const record = JSON.parse(roll.record) as RecordOf<"roll">;
  const { index, leaf } = await context.publication.append(tx, roll.communityId, record);
  if (leaf !== roll.recordLeaf) throw new Error(`the record of roll ${id} changed on its way`);
  await tx.roll.update({ where: { id }, data: { state: "freezing", recordIndex: index } });
  const pages = encodeAreaPages(readAreas(roll), roll.areaBytes);
  for (const [page, bytes] of pages.slice(0, -1).entries()) {
    await context.chain.enqueue(tx, {
      communityId: roll.communityId,
      contract: "registry",
      functionName: "storeAreas",
      args: [BigInt(roll.number), BigInt(page), bytes],
      kind: STORE_AREAS,
      ref: `${id}/${page}`,
    });
  }
  await context.chain.enqueue(tx, {
    communityId: roll.communityId,
    contract: "registry",
    functionName: "freezeRoll",
    args: [toTerms(roll, record), pages.at(-1), toBuildings(roll), toArguments(attestations)],
    kind: FREEZE,
    ref: id,
  });
}

/** Areas of voters 0, 1, 2 ... in 1e-4 m². */
export const readAreas = ({ areas, areaBytes }: Pick<Roll, "areas" | "areaBytes">): bigint[] =>
  decodeAreaPages([bytesToHex(areas)], areaBytes);

const toTerms = (roll: Roll, record: RecordOf<"roll">) => ({
  record: roll.recordLeaf,
  linesRoot: roll.linesRoot,
  areas: record.areas,
  areaBytes: roll.areaBytes,
  voters: roll.voters,
  totalArea: roll.totalAreaE4,
});

export interface StoredBuilding {
  building: string;
  units: number;
  heads: number;
  areaE4: string;
}

const toBuildings = ({ buildings }: Roll) =>
  (buildings as unknown as StoredBuilding[]).map(({ building, heads, areaE4 }) => {
    return { name: building, heads, area: BigInt(areaE4) };
  });

/** Two signatures as the contracts take them. */
export const toArguments = (attestations: readonly [Attestation, Attestation]) =>
  attestations.map(({ signer, signature }) => ({ signer, signature }));

export function registerFreeze(context: RegistryContext): void {
  const { chain, clock, proposals } = context;
  const idOf = (proposal: { payload: unknown }) => (proposal.payload as { roll: string }).roll;
  proposals.onComplete(FREEZE, (tx, proposal, attestations) =>
    sendFreeze(context, tx, { id: idOf(proposal), attestations }),
  );
  proposals.onWithdraw(FREEZE, async (tx, proposal) => {
    await tx.roll.update({ where: { id: idOf(proposal) }, data: { state: "withdrawn" } });
  });
  chain.onMined(STORE_AREAS, () => Promise.resolve());
  chain.onMined(FREEZE, async (tx, { ref: id }, { transactionHash }) => {
    const frozen = { state: "frozen" as const, frozenAt: clock.now(), frozenIn: transactionHash };
    const roll = await tx.roll.update({ where: { id }, data: frozen });
    await carryKeys(context, tx, roll);
    const data = { roll: roll.number };
    await publishEvent(tx, roll.communityId, { type: "rollFrozen", data });
  });
  const refuse = async (tx: Tx, id: string, failure: string): Promise<void> => {
    const { proposalId } = await tx.roll.update({
      where: { id },
      data: { state: "refused", failure },
    });
    if (proposalId) await proposals.markFailed(tx, proposalId, failure);
  };
  chain.onFailed(FREEZE, (tx, { ref }, { code }) => refuse(tx, ref, code));
  // The freeze that follows fails by itself, for want of the page.
  chain.onFailed(STORE_AREAS, () => Promise.resolve());
}
