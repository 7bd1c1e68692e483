import type { Hex } from "viem";
import { type SigningDomain, eip712Domain } from "../registry/messages.ts";
import { fromFen } from "./money.ts";

// What officers sign in the domain of a community's Fund: SPEC section 9. Amounts come in as fen and are signed as yuan
// with two decimals, because that is what a person reads on the signing device.

const field = <Name extends string, Type extends string>(name: Name, type: Type) => ({
  name,
  type,
});

const number = field("reservation", "uint256");
const claim = field("claim", "uint256");
const claimFields = [claim, number, field("milestone", "uint256")] as const;
const record = field("record", "bytes32");
const invoice = field("invoice", "bytes32");
const amountYuan = field("amountYuan", "string");
const decided = [
  field("payee", "string"),
  amountYuan,
  field("plan", "bytes32"),
  field("milestones", "bytes32"),
  record,
] as const;

const TYPES = {
  Credit: [field("fund", "uint8"), field("credited", "uint64"), record, field("nonce", "uint256")],
  Configure: [
    field("fund", "uint8"),
    field("approvals", "uint8"),
    field("overrunBasisPoints", "uint16"),
    record,
    field("nonce", "uint256"),
  ],
  Reserve: [number, field("meeting", "uint256"), field("motion", "uint256"), ...decided],
  ReserveEmergency: [number, field("ground", "uint8"), ...decided],
  Submit: [...claimFields, field("title", "string"), amountYuan, invoice, record],
  Judge: [claim, amountYuan, invoice, field("isAccepted", "bool"), record],
  Withdraw: [claim, amountYuan, invoice, record],
  Release: [
    field("payee", "string"),
    field("accountTail", "string"),
    amountYuan,
    field("title", "string"),
    invoice,
    ...claimFields,
  ],
  Settle: [number, field("paidYuan", "string"), field("freedYuan", "string"), record],
} as const;

function typed<Name extends keyof typeof TYPES, Message>(
  domain: SigningDomain,
  primaryType: Name,
  message: Message,
) {
  const types = { [primaryType]: TYPES[primaryType] } as Pick<typeof TYPES, Name>;
  return { domain: eip712Domain(domain), types, primaryType, message } as const;
}

/** What a registrar and a committee officer sign of the total that a fund ever received, in fen. */
export type CreditMessage = { fund: number; credited: bigint; record: Hex; nonce: bigint };

/** The typed data of a fund's credit. */
export function creditTypedData(domain: SigningDomain, message: CreditMessage) {
  return typed(domain, "Credit", message);
}

/** What both roles sign of a fund's rules. */
export type ConfigureMessage = {
  fund: number;
  approvals: number;
  overrunBasisPoints: number;
  record: Hex;
  nonce: bigint;
};

/** The typed data of a fund's rules. */
export function configureTypedData(domain: SigningDomain, message: ConfigureMessage) {
  return typed(domain, "Configure", message);
}

/** What a reservation binds, whatever it follows from; `plan` and `milestones` are hashes. */
type Decided = {
  reservation: bigint;
  /** The payee's name. */
  payee: string;
  amountFen: bigint;
  plan: Hex;
  milestones: Hex;
  record: Hex;
};

const inYuan = <Message extends { amountFen: bigint }>({ amountFen, ...message }: Message) => ({
  ...message,
  amountYuan: fromFen(amountFen),
});

/** What both roles sign to set money aside for an adopted motion. */
export type ReserveMessage = Decided & { meeting: bigint; motion: bigint };

/** The typed data of a motion's reservation. */
export function reserveTypedData(domain: SigningDomain, message: ReserveMessage) {
  return typed(domain, "Reserve", inYuan(message));
}

/** What both roles sign to set money aside for an emergency; `ground` by its number. */
export type ReserveEmergencyMessage = Decided & { ground: number };

/** The typed data of an emergency's reservation. */
export function reserveEmergencyTypedData(domain: SigningDomain, message: ReserveEmergencyMessage) {
  return typed(domain, "ReserveEmergency", inYuan(message));
}

/** What a claim is for; `claim` is its number in the community. */
type Claimed = { claim: bigint; amountFen: bigint; invoice: Hex };

/** Where it stands: the milestone counts from 0. */
type Place = { reservation: bigint; milestone: bigint };

/** What its author, a committee officer, signs to submit a claim; `title` is the milestone's. */
export type SubmitMessage = Claimed & Place & { title: string; record: Hex };

/** The typed data of a claim. */
export function submitTypedData(domain: SigningDomain, message: SubmitMessage) {
  return typed(domain, "Submit", inYuan(message));
}

/** What both roles sign to accept or reject a claim. */
export type JudgeMessage = Claimed & { isAccepted: boolean; record: Hex };

/** The typed data of a judgement. */
export function judgeTypedData(domain: SigningDomain, message: JudgeMessage) {
  return typed(domain, "Judge", inYuan(message));
}

/** What both roles sign to take an accepted claim back. */
export type WithdrawMessage = Claimed & { record: Hex };

/** The typed data of a withdrawal. */
export function withdrawTypedData(domain: SigningDomain, message: WithdrawMessage) {
  return typed(domain, "Withdraw", inYuan(message));
}

/** What an approver signs to release a payment. */
export type ReleaseMessage = Claimed &
  Place & { payee: string; accountTail: string; title: string };

/** The typed data of an approval. */
export function releaseTypedData(domain: SigningDomain, message: ReleaseMessage) {
  return typed(domain, "Release", inYuan(message));
}

/** What both roles sign to end a reservation: what was paid, and what is free again. */
export type SettleMessage = { reservation: bigint; paidFen: bigint; freedFen: bigint; record: Hex };

/** The typed data of a settlement. */
export function settleTypedData(
  domain: SigningDomain,
  { reservation, paidFen, freedFen, record }: SettleMessage,
) {
  const figures = { paidYuan: fromFen(paidFen), freedYuan: fromFen(freedFen) };
  return typed(domain, "Settle", { reservation, ...figures, record });
}
