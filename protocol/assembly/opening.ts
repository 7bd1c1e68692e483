import { type Hex, concatHex, hexToNumber, numberToHex, size } from "viem";
import {
  FORM,
  type Form,
  type KeyKind,
  SIGNATURE_BYTES,
  type SigningInput,
  signingHash,
} from "../registry/keys.ts";
import type { SigningDomain } from "../registry/messages.ts";
import { treeRoot } from "../registry/tree.ts";
import { type KeyPlace, MAX_BATCH, ownLeaf, paperLeaf } from "./ballot.ts";
import { isSignable, paperDigest, sheetDigest, unpackAnswers } from "./sheet.ts";

/** The meeting that ballots belong to: what their digests depend on. */
export type BallotContext = { domain: SigningDomain; meeting: bigint; motions: number };

/** An owner's ballot as it is sealed and opened; `answers` packed, `envelope` packed or `0x`. */
export type OwnBallot = KeyPlace & {
  kind: KeyKind;
  form: Form;
  answers: number;
  envelope: Hex;
  signature: Hex;
};

/** A paper ballot as it is sealed and opened. */
export type PaperBallot = { voter: number; answers: number; scan: Hex };

/** A ballot beside its leaf. */
export type WithLeaf<Ballot> = Ballot & { leaf: Hex };

/** Arguments of `openBatch` beside meeting and batch. */
export type BatchContent = {
  messages: readonly { form: number; answers: number; envelope: Hex }[];
  groups: readonly { page: number; ballots: Hex }[];
};

/** Arguments of `openPaper` beside meeting and batch. */
export type PaperContent = { answers: readonly number[]; ballots: Hex };

/** The digest of an own ballot's sheet; answers that are not all options have the digest of paper (SPEC section 4). */
export function ballotDigest({ domain, meeting, motions }: BallotContext, packed: number): Hex {
  const fits = packed >= 0 && packed < 4 ** motions;
  const answers = fits ? unpackAnswers(packed, motions) : [];
  return fits && isSignable(answers)
    ? sheetDigest(domain, meeting, answers)
    : paperDigest(meeting, packed);
}

/** Digests of a meeting's sheets, each hashed once: equal sheets share one. */
export function createDigests(context: BallotContext): (packed: number) => Hex {
  const known = new Map<number, Hex>();
  return (packed) => {
    const digest = known.get(packed) ?? ballotDigest(context, packed);
    known.set(packed, digest);
    return digest;
  };
}

/** What the key of an own ballot signed. */
export function signingInputOf(ballot: OwnBallot, digest: Hex): SigningInput {
  return {
    digest,
    form: ballot.form,
    envelope: ballot.form === FORM.webauthn ? ballot.envelope : undefined,
  };
}

/** The leaf of an own ballot. */
export function ballotLeaf(ballot: OwnBallot, digest: Hex): Hex {
  return ownLeaf(ballot, signingHash(signingInputOf(ballot, digest)), ballot.signature);
}

function compareOwn(a: WithLeaf<OwnBallot>, b: WithLeaf<OwnBallot>): number {
  return a.page - b.page || a.position - b.position || (a.leaf < b.leaf ? -1 : 1);
}

function comparePaper(a: WithLeaf<PaperBallot>, b: WithLeaf<PaperBallot>): number {
  return a.voter - b.voter || (a.leaf < b.leaf ? -1 : 1);
}

function requireBatchSize(count: number): void {
  if (count < 1 || count > MAX_BATCH) throw new RangeError(`a batch has 1 to ${MAX_BATCH} ballots`);
}

/** The ballots of a batch in the order of its tree, with their leaves and the root. */
export function arrangeBatch(
  context: BallotContext,
  ballots: readonly OwnBallot[],
): { ballots: WithLeaf<OwnBallot>[]; root: Hex } {
  requireBatchSize(ballots.length);
  const digestOf = createDigests(context);
  const arranged = ballots
    .map((ballot) => ({ ...ballot, leaf: ballotLeaf(ballot, digestOf(ballot.answers)) }))
    .sort(compareOwn);
  return { ballots: arranged, root: treeRoot(arranged.map(({ leaf }) => leaf)) };
}

/** The paper ballots of a batch in the order of its tree, with their leaves and the root. */
export function arrangePaper(
  meeting: bigint,
  ballots: readonly PaperBallot[],
): { ballots: WithLeaf<PaperBallot>[]; root: Hex } {
  requireBatchSize(ballots.length);
  const arranged = ballots
    .map((ballot) => {
      const { voter, answers, scan } = ballot;
      return { ...ballot, leaf: paperLeaf(voter, paperDigest(meeting, answers), scan) };
    })
    .sort(comparePaper);
  return { ballots: arranged, root: treeRoot(arranged.map(({ leaf }) => leaf)) };
}

function messageOf({ form, answers, envelope }: OwnBallot): BatchContent["messages"][number] {
  return { form, answers, envelope: form === FORM.webauthn ? envelope : "0x" };
}

/** The arguments of `openBatch` for ballots in the order of `arrangeBatch`: equal messages stand once. */
export function encodeBatch(ballots: readonly OwnBallot[]): BatchContent {
  const messages: BatchContent["messages"][number][] = [];
  const indices = new Map<string, number>();
  const groups = new Map<number, Hex[]>();
  for (const ballot of ballots) {
    const message = messageOf(ballot);
    const key = `${message.form} ${message.answers} ${message.envelope}`;
    if (!indices.has(key)) indices.set(key, messages.push(message) - 1);
    const entry = concatHex([
      numberToHex(ballot.position, { size: 2 }),
      numberToHex(indices.get(key)!, { size: 1 }),
      ballot.signature,
    ]);
    groups.set(ballot.page, [...(groups.get(ballot.page) ?? []), entry]);
  }
  return {
    messages,
    groups: [...groups].map(([page, entries]) => ({ page, ballots: concatHex(entries) })),
  };
}

/** The arguments of `openPaper` for ballots in the order of `arrangePaper`: equal sheets stand once. */
export function encodePaper(ballots: readonly PaperBallot[]): PaperContent {
  const answers = [...new Set(ballots.map((ballot) => ballot.answers))];
  const entries = ballots.map(({ voter, answers: sheet, scan }) =>
    concatHex([
      numberToHex(voter, { size: 2 }),
      numberToHex(answers.indexOf(sheet), { size: 1 }),
      scan,
    ]),
  );
  return { answers, ballots: concatHex(entries) };
}

function splitEntries(bytes: Hex, width: number): Hex[] {
  if (size(bytes) % width !== 0) throw new RangeError("the bytes end inside a ballot");
  return Array.from(
    { length: size(bytes) / width },
    (_, i): Hex => `0x${bytes.slice(2 + 2 * width * i, 2 + 2 * width * (i + 1))}`,
  );
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError("a ballot refers to a message that is not there");
  return item;
}

function toForm(form: number): Form {
  if (form !== FORM.plain && form !== FORM.sha256 && form !== FORM.webauthn) {
    throw new RangeError(`there is no form ${form}`);
  }
  return form;
}

/** The ballots in the arguments of `openBatch`; `kindOf` gives the kind of a key page. Throws RangeError when malformed. */
export function decodeBatch(
  { messages, groups }: BatchContent,
  kindOf: (page: number) => KeyKind,
): OwnBallot[] {
  return groups.flatMap(({ page, ballots }) => {
    const kind = kindOf(page);
    return splitEntries(ballots, 3 + SIGNATURE_BYTES[kind]).map((entry): OwnBallot => {
      const message = at(messages, Number.parseInt(entry.slice(6, 8), 16));
      return {
        page,
        position: Number.parseInt(entry.slice(2, 6), 16),
        kind,
        form: toForm(message.form),
        answers: message.answers,
        envelope: message.envelope,
        signature: `0x${entry.slice(8).toLowerCase()}`,
      };
    });
  });
}

/** The ballots in the arguments of `openPaper`. Throws RangeError when malformed. */
export function decodePaper({ answers, ballots }: PaperContent): PaperBallot[] {
  return splitEntries(ballots, 35).map((entry) => ({
    voter: hexToNumber(`0x${entry.slice(2, 6)}`),
    answers: at(answers, Number.parseInt(entry.slice(6, 8), 16)),
    scan: `0x${entry.slice(8).toLowerCase()}`,
  }));
}
