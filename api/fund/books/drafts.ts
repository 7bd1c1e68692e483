import { type Hex, sha256 } from "viem";
import type { Tx } from "../../database/client.ts";
import type { FundDraft, Prisma } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { FundContext } from "../context.ts";
import { LONG_TRANSACTION } from "../context.ts";
import { perform } from "./perform.ts";
import type { Outcome } from "./perform.ts";
import { previewOutcome } from "./preview.ts";
import type { Preview } from "./preview.ts";
import { toDay } from "./lock.ts";
import { termsSchema } from "./terms.ts";
import type { Terms } from "./terms.ts";

// Two pairs of eyes: what one officer enters is done when another has confirmed it.

export interface NewDraft {
  communityId: string;
  terms: Terms;
  officer: OfficerCaller;
}

/** Amounts as they were entered, so that the terms read back. */
const toJson = (terms: Terms): Prisma.InputJsonObject =>
  JSON.parse(
    JSON.stringify(terms, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    ),
  ) as Prisma.InputJsonObject;

/** Ends a rehearsal. */
class Rehearsed extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("rehearsed");
    this.preview = preview;
  }
}

/** Enters something: it is rehearsed at once, so that its author hears what is wrong, and waits for another officer. */
export async function enterDraft(
  context: FundContext,
  { communityId, terms, officer }: NewDraft,
): Promise<FundDraft> {
  const author = officer.id;
  const preview = await rehearse(context, { communityId, terms, author });
  return context.db.$transaction(async (tx) => {
    const row = await tx.fundDraft.create({
      data: {
        communityId,
        action: terms.action,
        payload: toJson(terms),
        preview: preview as unknown as Prisma.InputJsonObject,
        date: "date" in terms ? toDay(terms.date) : null,
        author,
        createdAt: context.clock.now(),
      },
    });
    await notify(tx, row);
    return row;
  });
}

/** What a rehearsal takes back: rows, but not files. So documents get their hash and nothing is stored. */
const withoutFiles = (context: FundContext): FundContext => ({
  ...context,
  anchor: {
    ...context.anchor,
    putDocument: async (_, { bytes }) => ({ sha256: sha256(bytes) }),
  },
});

async function rehearse(
  context: FundContext,
  { communityId, terms, author }: { communityId: string; terms: Terms; author: Hex },
): Promise<Preview> {
  try {
    await context.db.$transaction(async (tx) => {
      const by = { author, confirmer: author };
      const origin = { communityId, by, source: undefined };
      const outcome = await perform(withoutFiles(context), tx, { terms, origin });
      throw new Rehearsed(await previewOutcome(tx, communityId, outcome));
    }, LONG_TRANSACTION);
  } catch (error) {
    if (error instanceof Rehearsed) return error.preview;
    throw error;
  }
  throw new Error("a rehearsal was not taken back");
}

export interface Confirmation {
  communityId: string;
  id: string;
  officer: OfficerCaller;
}

/** Another officer confirms: it is done. Confirming again answers the same. */
export async function confirmDraft(
  context: FundContext,
  { communityId, id, officer }: Confirmation,
): Promise<FundDraft> {
  const row = await context.db.$transaction(async (tx) => {
    const draft = await lockDraft(tx, communityId, id);
    if (draft.author === officer.id) throw new DomainError("DraftConfirmerSame");
    if (draft.state === "done" && draft.closedBy === officer.id) return draft;
    requireWaiting(draft);
    const by = { author: draft.author as Hex, confirmer: officer.id };
    const origin = { communityId, by, source: `draft ${id}` };
    const terms = termsSchema.parse(draft.payload);
    const outcome = await perform(context, tx, { terms, origin });
    return close(context, tx, { draft, officer, outcome });
  }, LONG_TRANSACTION);
  context.chain.wake();
  return row;
}

/** Takes back what nobody has confirmed yet. */
export async function withdrawDraft(
  context: FundContext,
  { communityId, id, officer }: Confirmation,
): Promise<FundDraft> {
  return context.db.$transaction(async (tx) => {
    const draft = await lockDraft(tx, communityId, id);
    requireWaiting(draft);
    return close(context, tx, { draft, officer, outcome: undefined });
  });
}

interface Closing {
  draft: FundDraft;
  officer: OfficerCaller;
  /** Undefined where it was withdrawn. */
  outcome: Outcome | undefined;
}

async function close(
  { clock }: FundContext,
  tx: Tx,
  { draft, officer, outcome }: Closing,
): Promise<FundDraft> {
  const row = await tx.fundDraft.update({
    where: { id: draft.id },
    data: {
      state: outcome ? "done" : "withdrawn",
      closedBy: officer.id,
      closedAt: clock.now(),
      ...(outcome && { result: { ...outcome } }),
    },
  });
  await notify(tx, row);
  return row;
}

async function lockDraft(tx: Tx, communityId: string, id: string): Promise<FundDraft> {
  await tx.$queryRaw`SELECT 1 FROM "FundDraft" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const row = await tx.fundDraft.findUnique({ where: { id } });
  if (row?.communityId !== communityId) throw new DomainError("DraftNotFound");
  return row;
}

function requireWaiting({ state }: FundDraft): void {
  if (state !== "waiting") throw new DomainError("DraftClosed", { state });
}

const notify = (tx: Tx, { communityId, id, action }: FundDraft): Promise<void> =>
  publishEvent(tx, communityId, { type: "fundDraft", data: { id, action } });

const DONE_SHOWN = 50;

/** What waits, the oldest first, and after it what was done lately. */
export async function listDrafts({ db }: FundContext, communityId: string): Promise<FundDraft[]> {
  const waiting = await db.fundDraft.findMany({
    where: { communityId, state: "waiting" },
    orderBy: { createdAt: "asc" },
  });
  const closed = await db.fundDraft.findMany({
    where: { communityId, state: { not: "waiting" } },
    orderBy: { closedAt: "desc" },
    take: DONE_SHOWN,
  });
  return [...waiting, ...closed];
}
