import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import {
  TypedDataEncoder,
  concat,
  dataLength,
  dataSlice,
  encodeBase64,
  getBytes,
  hexlify,
  keccak256,
  sha256,
  solidityPackedKeccak256,
  toBeHex,
  toUtf8Bytes,
} from "ethers";
import { KIND, type Voter, publicKeyOf } from "./roll.ts";

/** How the signing hash follows from the digest. */
export const FORM = { plain: 0, sha256: 1, webauthn: 2 } as const;

/** What many ballots of a batch have in common, as the contract takes it. */
export type Message = { form: number; answers: number; envelope: string };

/** One sealed ballot. */
export type Ballot = {
  page: number;
  position: number;
  message: number;
  signature: string;
  leaf: string;
};

type Domain = Parameters<typeof TypedDataEncoder.hash>[0];

const OPTIONS = ["", "同意 for", "反对 against", "弃权 abstain"];
const SHEET = {
  Sheet: [
    { name: "meeting", type: "uint256" },
    { name: "answers", type: "string[]" },
  ],
};

/** The answers of all motions as one number. */
export function packAnswers(answers: number[]): number {
  return answers.reduce((packed, answer, motion) => packed + answer * 4 ** motion, 0);
}

/** The EIP-712 digest of a complete sheet. */
export function sheetDigest(domain: Domain, meeting: bigint, answers: number[]): string {
  const texts = answers.map((answer) => OPTIONS[answer]);
  return TypedDataEncoder.hash(domain, SHEET, { meeting, answers: texts });
}

/** The digest of a paper sheet, and of answers that are no sheet. */
export function paperDigest(meeting: bigint, answers: number): string {
  return solidityPackedKeccak256(["string", "uint256", "uint32"], ["paper", meeting, answers]);
}

/** A passkey's envelope over a digest; options spoil one part each. */
export function makeEnvelope(
  digest: string,
  { type = "webauthn.get", challenge = digest, flags = 0x05 } = {},
): string {
  const encoded = encodeBase64(challenge)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  const clientData = toUtf8Bytes(
    `{"type":"${type}","challenge":"${encoded}","origin":"https://vote.example.org","crossOrigin":false}`,
  );
  const authenticatorData = concat([
    sha256(toUtf8Bytes("vote.example.org")),
    toBeHex(flags, 1),
    toBeHex(0, 4),
  ]);
  return concat([toBeHex(dataLength(authenticatorData), 2), authenticatorData, clientData]);
}

/** The hash that a key signs for a digest. */
export function signingHash(digest: string, { form, envelope }: Message): string {
  if (form === FORM.plain) return digest;
  if (form === FORM.sha256) return sha256(digest);
  const bytes = getBytes(envelope);
  const split = 2 + bytes[0]! * 256 + bytes[1]!;
  return sha256(concat([bytes.slice(2, split), sha256(bytes.slice(split))]));
}

/** A voter's signature: 64 bytes, or 96 with the y of a P-256 key. */
export function signHash(voter: Pick<Voter, "kind" | "secret">, hash: string): string {
  if (voter.kind === KIND.p256) {
    const signature = p256.sign(getBytes(hash), voter.secret, { prehash: false, lowS: true });
    return concat([signature, dataSlice(publicKeyOf(voter.kind, voter.secret), 32)]);
  }
  const options = { prehash: false, format: "recovered" } as const;
  const [recovery, ...compact] = secp256k1.sign(getBytes(hash), voter.secret, options);
  compact[32]! |= recovery! << 7;
  return hexlify(Uint8Array.from(compact));
}

/** The leaf of an owner's ballot. */
export function leafOf(page: number, position: number, hash: string, signature: string): string {
  return keccak256(concat([toBeHex(page, 2), toBeHex(position, 2), hash, signature]));
}

const hashPair = (a: string, b: string): string =>
  keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));

/** The tree over leaves in order. */
export function makeTree(leaves: string[]): string[] {
  const tree = Array.from<string>({ length: 2 * leaves.length - 1 });
  leaves.forEach((leaf, i) => (tree[tree.length - 1 - i] = leaf));
  for (let i = leaves.length - 2; i >= 0; i--)
    tree[i] = hashPair(tree[2 * i + 1]!, tree[2 * i + 2]!);
  return tree;
}

/** The path from leaf `index` to the root. */
export function proofOf(tree: string[], index: number): string[] {
  const proof: string[] = [];
  for (let i = tree.length - 1 - index; i > 0; i = Math.floor((i - 1) / 2)) {
    proof.push(tree[i % 2 === 1 ? i + 1 : i - 1]!);
  }
  return proof;
}

/** Ballots in the order that a batch demands. */
export function sortBallots(ballots: Ballot[]): Ballot[] {
  const byLeaf = (a: Ballot, b: Ballot) => (BigInt(a.leaf) < BigInt(b.leaf) ? -1 : 1);
  return ballots.toSorted((a, b) => a.page - b.page || a.position - b.position || byLeaf(a, b));
}

/** Sorted ballots as the contract's groups. */
export function groupBallots(ballots: Ballot[]): { page: number; ballots: string }[] {
  const pages = Map.groupBy(ballots, ({ page }) => page);
  return [...pages].map(([page, group]) => ({
    page,
    ballots: concat(
      group.flatMap(({ position, message, signature }) => [
        toBeHex(position, 2),
        toBeHex(message, 1),
        signature,
      ]),
    ),
  }));
}
