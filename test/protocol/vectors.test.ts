import { expect } from "chai";
import { readFileSync, readdirSync } from "node:fs";
import { type Hex, hashTypedData, keccak256, numberToHex, stringToHex } from "viem";
import { parseCanonical } from "../../protocol/anchor/json.ts";
import { recordLeaf, recordSchema } from "../../protocol/anchor/record.ts";
import { ownLeaf, paperLeaf, scanHash, sealedRoot } from "../../protocol/assembly/ballot.ts";
import {
  conveneTypedData,
  extendTypedData,
  paperBatchTypedData,
  sealTypedData,
} from "../../protocol/assembly/meeting.ts";
import { ballotDigest } from "../../protocol/assembly/opening.ts";
import { openingOrder } from "../../protocol/assembly/order.ts";
import {
  accountHash,
  payeeHash,
  planHash,
  planTerms,
  scopeBytes,
} from "../../protocol/assembly/plan.ts";
import { receiptNumber } from "../../protocol/assembly/receipt.ts";
import { packAnswers, paperDigest } from "../../protocol/assembly/sheet.ts";
import { type Tally, fromTallyWord, toTallyWord } from "../../protocol/assembly/tally.ts";
import { apportion } from "../../protocol/fund/apportion.ts";
import {
  configureTypedData,
  creditTypedData,
  judgeTypedData,
  releaseTypedData,
  reserveEmergencyTypedData,
  reserveTypedData,
  settleTypedData,
  submitTypedData,
  withdrawTypedData,
} from "../../protocol/fund/messages.ts";
import { toFen } from "../../protocol/fund/money.ts";
import { type SumNode, isInSum, joinSums, sumLeaf } from "../../protocol/fund/sumTree.ts";
import { milestonesHash, termsHash } from "../../protocol/fund/terms.ts";
import { buildUnitTree } from "../../protocol/fund/unitTree.ts";
import { keyId, signingHash } from "../../protocol/registry/keys.ts";
import { lineLeaf } from "../../protocol/registry/lines.ts";
import {
  keysTypedData,
  loginTypedData,
  officerTypedData,
  revokeTypedData,
  rollTypedData,
} from "../../protocol/registry/messages.ts";
import { areasHash, encodeKeyPage } from "../../protocol/registry/pages.ts";
import { buildingsHash } from "../../protocol/registry/roll.ts";
import { verifyKeySignature } from "../../protocol/registry/signature.ts";
import { isInTree, treeRoot } from "../../protocol/registry/tree.ts";
import { decideClaim } from "../../protocol/verify/dispute/decide.ts";
import { Checks } from "../../protocol/verify/report.ts";

type Domain = { chainId: number; verifyingContract: Hex };
// The vectors are plain JSON; every kind reads its own input.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Input = any;

const FOLDER = new URL("../vectors/v1/", import.meta.url);

const toDomain = ({ chainId, verifyingContract }: Domain) => {
  return { chainId, contract: verifyingContract };
};

type Signed = { amountYuan: string };
type Settled = { paidYuan: string; freedYuan: string };

/** Messages are made of fen, and signed in yuan. */
const inFen = ({ amountYuan, ...message }: Signed): never => {
  return { ...message, amountFen: toFen(amountYuan) } as never;
};

/** Whole numbers that JSON holds as texts, because they may be too large for it. */
function toMessage(message: Record<string, unknown>): never {
  const entries = Object.entries(message).map(([name, value]) => {
    return [name, typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : value];
  });
  return Object.fromEntries(entries) as never;
}

const MESSAGES: Record<string, (domain: Domain, message: never) => object> = {
  Officer: (domain, message) => officerTypedData(toDomain(domain), message),
  Roll: (domain, message) => rollTypedData(toDomain(domain), message),
  Keys: (domain, message) => keysTypedData(toDomain(domain), message),
  Revoke: (domain, message) => revokeTypedData(toDomain(domain), message),
  Convene: (domain, message) => conveneTypedData(toDomain(domain), message),
  Extend: (domain, message) => extendTypedData(toDomain(domain), message),
  Seal: (domain, message) => sealTypedData(toDomain(domain), message),
  PaperBatch: (domain, message) => paperBatchTypedData(toDomain(domain), message),
  Credit: (domain, message) => creditTypedData(toDomain(domain), message),
  Configure: (domain, message) => configureTypedData(toDomain(domain), message),
  Reserve: (domain, message) => reserveTypedData(toDomain(domain), inFen(message)),
  ReserveEmergency: (domain, message) =>
    reserveEmergencyTypedData(toDomain(domain), inFen(message)),
  Submit: (domain, message) => submitTypedData(toDomain(domain), inFen(message)),
  Judge: (domain, message) => judgeTypedData(toDomain(domain), inFen(message)),
  Withdraw: (domain, message) => withdrawTypedData(toDomain(domain), inFen(message)),
  Release: (domain, message) => releaseTypedData(toDomain(domain), inFen(message)),
  Settle: (domain, { paidYuan, freedYuan, ...message }: Settled) => {
    const figures = { paidFen: toFen(paidYuan), freedFen: toFen(freedYuan) };
    return settleTypedData(toDomain(domain), { ...message, ...figures } as never);
  },
  Login: ({ chainId }, message) => loginTypedData(chainId, message),
};

function leafOfRecord({ text }: { text: string }): Hex | null {
  const bytes = new TextEncoder().encode(text);
  try {
    recordSchema.parse(parseCanonical(bytes));
    return recordLeaf(bytes);
  } catch {
    return null;
  }
}

function toTally(input: Record<keyof Tally, { heads: number; areaE4: string }>): Tally {
  const entries = Object.entries(input).map(([lane, { heads, areaE4 }]) => {
    return [lane, { heads, areaE4: BigInt(areaE4) }];
  });
  return Object.fromEntries(entries) as Tally;
}

function toWord(input: Parameters<typeof toTally>[0]): Hex {
  const word = toTallyWord(toTally(input));
  expect(fromTallyWord(word)).to.deep.equal(toTally(input));
  return numberToHex(word, { size: 32 });
}

const areasOf = (areasE4: string[]): bigint[] => areasE4.map(BigInt);

type NodeText = { hash: Hex; sums: string[] };

const toNode = ({ hash, sums }: NodeText): SumNode => ({ hash, sums: sums.map(BigInt) });
const fromNode = ({ hash, sums }: SumNode): NodeText => ({ hash, sums: sums.map(String) });
const toLeaf = <Leaf extends { figures: string[] }>(leaf: Leaf) => {
  return { ...leaf, figures: leaf.figures.map(BigInt) };
};

function shareOut({
  amount,
  units,
}: {
  amount: string;
  units: Record<string, string>[];
}): string[] {
  const charged = units.map(({ unit, areaE4, factorE6 }) => {
    return { unit: unit!, areaE4: BigInt(areaE4!), factorE6: BigInt(factorE6!) };
  });
  return apportion(BigInt(amount), charged).shares.map(({ amountFen }) => String(amountFen));
}

const toPart = ({ title, amount }: Record<string, string>) => {
  return { title: title!, amountFen: BigInt(amount!) };
};

/** A dispute file's claim beside what its evidence says, and every check by name and end. */
async function decide({ files, view, community }: Input): Promise<object> {
  const checks = new Checks();
  const place = "entry" in view ? { view: undefined, entry: view } : { view };
  const bytes = Object.entries(files as Record<string, string>).map(
    ([name, text]): [string, Uint8Array] => [name, new TextEncoder().encode(text)],
  );
  const found = await decideClaim(new Map(bytes), { ...place, community }, checks);
  const lines = checks.list.map(({ status, name, detail }) => {
    return [status, name, detail ?? ""].join(" ").trim();
  });
  return { outcome: found.outcome, reason: found.reason, checks: lines.sort() };
}

const KINDS: Record<string, (input: Input) => unknown> = {
  dispute: decide,
  apportion: shareOut,
  sumLeaf: ({ tree, ...leaf }) => sumLeaf(tree, toLeaf(leaf)).hash,
  sumNode: ({ left, right }) => fromNode(joinSums(toNode(left), toNode(right))),
  unitTree: ({ tree, units }) => fromNode(buildUnitTree(tree, units.map(toLeaf)).root),
  sumProof: ({ root, tree, leaf, steps }) =>
    isInSum(toNode(root), tree, {
      leaf: toLeaf(leaf),
      proof: steps.map((step: NodeText & { side: "left" }) => ({
        ...toNode(step),
        side: step.side,
      })),
    }),
  lineLeaf: (line) => lineLeaf({ ...line, areaE4: BigInt(line.areaE4) }),
  treeRoot: ({ leaves }) =>
    treeRoot(Array.from({ length: leaves }, (_, i) => keccak256(stringToHex(`leaf ${i}`)))),
  treeProof: ({ root, leaf, proof }) => isInTree(root, leaf, proof),
  areas: ({ areasE4, areaBytes }) => areasHash(areasOf(areasE4), areaBytes),
  buildings: (rows: { areaE4: string }[]) =>
    buildingsHash(rows.map((row) => ({ ...row, areaE4: BigInt(row.areaE4) })) as never),
  keyPage: ({ kind, bindings }) => encodeKeyPage(kind, bindings),
  keyId: ({ kind, point }) => keyId(point, kind),
  signingHash: (input) => signingHash(input),
  signature: ({ kind, keyId: id, signature, ...input }) =>
    verifyKeySignature({ kind, keyId: id, signature, input }),
  message: ({ type, domain, message }) =>
    hashTypedData(MESSAGES[type]!(domain, toMessage(message)) as never),
  ballotDigest: ({ domain, meeting, motions, answers }) =>
    ballotDigest({ domain: toDomain(domain), meeting: BigInt(meeting), motions }, answers),
  answers: ({ answers }) => packAnswers(answers),
  ownLeaf: ({ page, position, hash, signature }) => ownLeaf({ page, position }, hash, signature),
  scan: ({ salt, sha256 }) => scanHash(salt, sha256),
  paperLeaf: ({ voter, meeting, answers, scan }) =>
    paperLeaf(voter, paperDigest(BigInt(meeting), answers), scan),
  sealedRoot: ({ root, origin }) => sealedRoot(root, origin),
  order: ({ policy, origins }) =>
    openingOrder(
      policy,
      origins.map((origin: string, batch: number) => ({ batch, origin })),
    ).map(({ batch }) => batch),
  tally: toWord,
  plan: (plan) => planHash(planTerms(plan)),
  milestones: (rows) => milestonesHash(rows.map(toPart)),
  terms: ({ plan, milestones }) => termsHash(plan, milestones.map(toPart)),
  payee: (payee) => payeeHash(payee),
  account: ({ salt, account }) => accountHash(salt, account),
  scope: (units) => new TextDecoder().decode(scopeBytes(units)),
  record: leafOfRecord,
  receiptNumber: ({ leaf }) => receiptNumber(leaf),
};

describe("vectors of the specification, version 1", () => {
  for (const name of readdirSync(FOLDER)) {
    const vector = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as {
      desc: string;
      kind: string;
      input: Input;
      expect: unknown;
    };
    it(`${name}: ${vector.desc}`, async () => {
      expect(await KINDS[vector.kind]!(vector.input)).to.deep.equal(vector.expect);
    });
  }
});
