import { z } from "zod";
import { canonicalBytes } from "../../anchor/json.ts";
import type { LineDocument } from "../../anchor/record.ts";

// What somebody says is wrong, in a form that a program can decide on. The words belong to the form,
// so that nobody reads one thing in the file and has another one decided.

/** What every kind of claim says, in both languages. */
export const CLAIM_WORDS = {
  ballot: {
    zh: "这张回执对应的表决票应当按投出的内容计入结果，而结果中没有这样计入。",
    en: "The ballot of this receipt should count as it was cast, and does not.",
  },
  noBallot: {
    zh: "这一户没有投过票，计票结果中也不应有这一户的票。",
    en: "No ballot was cast for this flat, and none may stand for it in the count.",
  },
  entry: {
    zh: "账目中的这一笔不符合它的记录、分摊、批准或据以动用资金的表决。",
    en: "This entry of the books does not agree with its record, its apportionment, its approvals or the motion that allows it.",
  },
} as const;

const hash = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const number = z.int().min(1);
const unit = z.string().min(1).max(100);

/** What all claims have: for whom the file is, and what the claimant adds in words of his own. */
const common = {
  format: z.literal("mingzhang-claim"),
  v: z.literal(1),
  community: z.string().min(1),
  words: z.strictObject({ zh: z.string(), en: z.string() }),
  says: z.string().max(2_000),
  mayCheck: z.literal("anyone"),
};

/** The form of `claim.json`. `discloses`: what the claimant gives away with the file. */
export const claimSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...common,
    kind: z.literal("ballot"),
    subject: z.strictObject({ meeting: number, leaf: hash }),
    statement: z.literal("countsAsCast"),
    discloses: z.tuple([z.literal("answers")]),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("noBallot"),
    subject: z.strictObject({ meeting: number, unit }),
    statement: z.literal("noneStands"),
    discloses: z.tuple([z.literal("unit"), z.literal("voter")]),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("entry"),
    subject: z.strictObject({ entry: number }),
    statement: z.literal("breaksRules"),
    discloses: z.tuple([]),
  }),
]);

/** What somebody says is wrong. */
export type Claim = z.infer<typeof claimSchema>;

/** A flat's line of the roll as its owner knows it: the salt shows which voter number is his. */
export const openedLineSchema = z.strictObject({
  unit,
  area: z.string().regex(/^(0|[1-9]\d{0,14})(\.\d{1,4})?$/),
  voter: z.int().min(0).max(0xffff),
  salt: hash,
});

/** The line of a flat, opened by its owner. */
export type OpenedLine = z.infer<typeof openedLineSchema>;

/** A published line as the roll's document has it. */
export type KnownLine = Pick<LineDocument, "unit" | "leaf">;

/** A claim as the file of a bundle. */
export function claimBytes(claim: Claim): Uint8Array<ArrayBuffer> {
  return canonicalBytes(claimSchema.parse(claim));
}

const ALWAYS = { format: "mingzhang-claim", v: 1, mayCheck: "anyone" } as const;

/** Claims that the ballot of a receipt should count as it was cast. */
export function claimBallot(
  community: string,
  { meeting, leaf }: { meeting: number; leaf: `0x${string}` },
  says = "",
): Claim {
  const words = { ...CLAIM_WORDS.ballot };
  const what = { kind: "ballot", subject: { meeting, leaf }, statement: "countsAsCast" } as const;
  return { ...ALWAYS, community, ...what, words, says, discloses: ["answers"] };
}

/** Claims that no ballot was cast for a flat. */
export function claimNoBallot(
  community: string,
  { meeting, unit: id }: { meeting: number; unit: string },
  says = "",
): Claim {
  const words = { ...CLAIM_WORDS.noBallot };
  const subject = { meeting, unit: id };
  const what = { kind: "noBallot", subject, statement: "noneStands" } as const;
  return { ...ALWAYS, community, ...what, words, says, discloses: ["unit", "voter"] };
}

/** Claims that an entry of the books does not agree with what it rests on. */
export function claimEntry(community: string, entry: number, says = ""): Claim {
  const words = { ...CLAIM_WORDS.entry };
  const what = { kind: "entry", subject: { entry }, statement: "breaksRules" } as const;
  return { ...ALWAYS, community, ...what, words, says, discloses: [] };
}
