import {
  AbiCoder,
  type BaseContract,
  type ContractTransactionReceipt,
  Signature,
  type Signer,
  id,
  keccak256,
} from "ethers";
import { FORM } from "./ballots.ts";
import { type Attestation, type Community, attest } from "./community.ts";
import { convene, makeBatch, openBatch, sealBatch, travelTo } from "./meeting.ts";
import { KIND, bindAll, freezeRoll, makeVoters } from "./roll.ts";

/** The messages of the Fund, as the specification's section 9 has them. */
export const FUND_TYPES = {
  Credit: "Credit(uint8 fund,uint64 credited,bytes32 record,uint256 nonce)",
  Configure:
    "Configure(uint8 fund,uint8 approvals,uint16 overrunBasisPoints,bytes32 record,uint256 nonce)",
  Reserve:
    "Reserve(uint256 reservation,uint256 meeting,uint256 motion,string payee,string amountYuan,bytes32 plan,bytes32 milestones,bytes32 record)",
  ReserveEmergency:
    "ReserveEmergency(uint256 reservation,uint8 ground,string payee,string amountYuan,bytes32 plan,bytes32 milestones,bytes32 record)",
  Submit:
    "Submit(uint256 claim,uint256 reservation,uint256 milestone,string title,string amountYuan,bytes32 invoice,bytes32 record)",
  Judge: "Judge(uint256 claim,string amountYuan,bytes32 invoice,bool isAccepted,bytes32 record)",
  Withdraw: "Withdraw(uint256 claim,string amountYuan,bytes32 invoice,bytes32 record)",
  Release:
    "Release(string payee,string accountTail,string amountYuan,string title,bytes32 invoice,uint256 claim,uint256 reservation,uint256 milestone)",
  Settle: "Settle(uint256 reservation,string paidYuan,string freedYuan,bytes32 record)",
} as const;

/** A plan and its milestones as the contract takes them. */
export type Terms = {
  plan: {
    fund: number;
    budget: bigint;
    payee: { name: string; accountTail: string; account: string };
    scope: string;
    rule: string;
  };
  milestones: { title: string; amount: bigint }[];
};

/** Terms of two milestones within a budget of 100,000 yuan, any part changed. */
export function describeTerms(plan: Partial<Terms["plan"]> = {}, milestones?: bigint[]): Terms {
  const payee = { name: "示范电梯工程有限公司", accountTail: "3445", account: id("account") };
  const budget = 10_000_000n;
  const amounts = milestones ?? [6_000_000n, 4_000_000n];
  return {
    plan: { fund: 0, budget, payee, scope: id("scope"), rule: id("rule"), ...plan },
    milestones: amounts.map((amount, i) => ({ title: `第 ${i + 1} 期`, amount })),
  };
}

const coder = AbiCoder.defaultAbiCoder();
const BYTES32 = "bytes32";

/** The hash of a plan. */
export function hashPlan({ fund, budget, payee, scope, rule }: Terms["plan"]): string {
  const { name, accountTail, account } = payee;
  const types = ["string", "string", BYTES32];
  const hash = keccak256(coder.encode(types, [name, accountTail, account]));
  const values = [fund, budget, hash, scope, rule];
  return keccak256(coder.encode(["uint8", "uint64", BYTES32, BYTES32, BYTES32], values));
}

/** The hash of a list of milestones. */
export function hashMilestones(milestones: Terms["milestones"]): string {
  return keccak256(coder.encode(["tuple(string title,uint64 amount)[]"], [milestones]));
}

/** An amount as it is signed. */
export function toYuan(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
}

/** A registrar and the committee officer who is no author. */
export function bothOf({ officers }: Community): Signer[] {
  return [officers.registrar, officers.committee];
}

/** Signatures over one of the Fund's messages. */
export function signFund(
  { fund }: Community,
  name: keyof typeof FUND_TYPES,
  value: Record<string, unknown>,
  signers: Signer[],
): Promise<Attestation[]> {
  return attest(fund, FUND_TYPES[name], value, signers);
}

/** Sends a call and waits; throws where the contract refuses it. */
export async function call(contract: BaseContract, method: string, ...inputs: unknown[]) {
  const sent = (await contract.getFunction(method)(...inputs)) as {
    wait(): Promise<ContractTransactionReceipt>;
  };
  return sent.wait();
}

/** Credits a fund. */
export async function credit(community: Community, fund: number, credited: bigint) {
  const nonce = (await community.fund.getFunction("accountNonce")(fund)) as bigint;
  const record = id("credit");
  const value = { fund, credited, record, nonce };
  const attestations = await signFund(community, "Credit", value, bothOf(community));
  return call(community.fund, "credit", fund, credited, record, attestations);
}

/** Sets a fund's rules. */
export async function configure(
  community: Community,
  approvals: number,
  overrunBasisPoints: number,
  fund = 0,
) {
  const nonce = (await community.fund.getFunction("accountNonce")(fund)) as bigint;
  const rules = { approvals, overrunBasisPoints, record: id("rules") };
  const value = { fund, ...rules, nonce };
  const attestations = await signFund(community, "Configure", value, bothOf(community));
  return call(community.fund, "configure", fund, rules, attestations);
}

/** What a motion of a made-up meeting is. */
export type MadeMotion = { plan: string; item?: number; answer?: number };

/** Holds a meeting of three voters who answer alike; gives its number and when its result is final. */
export async function holdMeeting(community: Community, motions: MadeMotion[]) {
  const label = `of meeting ${String(await community.assembly.getFunction("meetingCount")())}`;
  const voters = makeVoters(3, KIND.secp256k1, label);
  const frozen = await freezeRoll(community, voters);
  await bindAll(community, frozen);
  const items = motions.map(({ item }) => item ?? 5);
  const plans = motions.map(({ plan }) => plan);
  const meeting = await convene(community, frozen.roll, { items, plans });
  await travelTo(community, meeting.opensAt);
  const answers = motions.map(({ answer }) => answer ?? 1);
  const casts = voters.map((voter, position) => {
    return { voter, answers, form: FORM.plain, page: 0, position };
  });
  const batch = await makeBatch(community, meeting.meeting, casts);
  await sealBatch(community, meeting.meeting, batch);
  await travelTo(community, meeting.closesAt + meeting.paperSeconds);
  await openBatch(community, meeting.meeting, 0, batch);
  await call(community.assembly, "conclude", meeting.meeting);
  const { concludedAt } = await community.assembly.getFunction("getMeeting")(meeting.meeting);
  const finalAt = Number(concludedAt) + meeting.objectionSeconds;
  return { meeting: meeting.meeting, finalAt };
}

/** Reserves a motion's money. */
export async function reserve(
  community: Community,
  terms: Terms,
  motion: { meeting: bigint; motion: bigint },
  signers = bothOf(community),
) {
  const { fund } = community;
  const reservation = ((await fund.getFunction("reservationCount")()) as bigint) + 1n;
  const value = { reservation, ...motion, ...describeReservation(terms) };
  const attestations = await signFund(community, "Reserve", value, signers);
  await call(fund, "reserve", motion, terms, value.record, attestations);
  return reservation;
}

/** Reserves money for an emergency. */
export async function reserveEmergency(
  community: Community,
  terms: Terms,
  ground = 0,
  signers = bothOf(community),
) {
  const { fund } = community;
  const reservation = ((await fund.getFunction("reservationCount")()) as bigint) + 1n;
  const value = { reservation, ground, ...describeReservation(terms) };
  const attestations = await signFund(community, "ReserveEmergency", value, signers);
  await call(fund, "reserveEmergency", ground, terms, value.record, attestations);
  return reservation;
}

function describeReservation({ plan, milestones }: Terms) {
  const amount = milestones.reduce((sum, milestone) => sum + milestone.amount, 0n);
  return {
    payee: plan.payee.name,
    amountYuan: toYuan(amount),
    plan: hashPlan(plan),
    milestones: hashMilestones(milestones),
    record: id("contract"),
  };
}

/** One claim, with all that its messages say. */
export type Claim = {
  reservation: bigint;
  terms: Terms;
  milestone: number;
  claim: bigint;
  amount: bigint;
  invoice: string;
};

/** Submits a claim for a milestone, of its whole amount unless said otherwise. */
export async function submit(
  community: Community,
  place: Pick<Claim, "reservation" | "terms" | "milestone">,
  changes: Partial<Pick<Claim, "amount" | "invoice">> & { author?: Signer } = {},
): Promise<Claim> {
  const { fund, officers } = community;
  const { reservation, terms, milestone } = place;
  const claims = (await fund.getFunction("claimCount")()) as bigint;
  const { title, amount } = terms.milestones[milestone] ?? { title: "", amount: 1n };
  const claim = {
    ...place,
    claim: claims + 1n,
    amount: changes.amount ?? amount,
    invoice: changes.invoice ?? id(`invoice ${claims}`),
  };
  const record = id("invoice record");
  const amountYuan = toYuan(claim.amount);
  const value = { reservation, milestone, title, amountYuan, record, ...pick(claim) };
  const [attestation] = await signFund(community, "Submit", value, [
    changes.author ?? officers.author,
  ]);
  const submission = { milestone, amount: claim.amount, invoice: claim.invoice, record };
  await call(fund, "submit", reservation, terms, submission, attestation);
  return claim;
}

const pick = ({ claim, invoice }: Claim) => ({ claim, invoice });

function placeOf({ reservation, milestone, invoice }: Claim) {
  return { reservation, milestone, invoice };
}

/** Judges a claim. */
export async function judge(
  community: Community,
  claim: Claim,
  isAccepted = true,
  signers = bothOf(community),
) {
  const record = id("acceptance");
  const place = placeOf(claim);
  const amountYuan = toYuan(claim.amount);
  const value = { ...pick(claim), amountYuan, isAccepted, record };
  const attestations = await signFund(community, "Judge", value, signers);
  return call(community.fund, "judge", place, isAccepted, record, attestations);
}

/** Takes an accepted claim back. */
export async function withdraw(community: Community, claim: Claim, signers = bothOf(community)) {
  const record = id("error");
  const place = placeOf(claim);
  const value = { ...pick(claim), amountYuan: toYuan(claim.amount), record };
  const attestations = await signFund(community, "Withdraw", value, signers);
  return call(community.fund, "withdraw", place, record, attestations);
}

/** The message that approvers sign for a claim. */
export function describeRelease({ reservation, terms, milestone, claim, amount, invoice }: Claim) {
  const { name, accountTail } = terms.plan.payee;
  const { title } = terms.milestones[milestone]!;
  const amountYuan = toYuan(amount);
  return { payee: name, accountTail, amountYuan, title, invoice, reservation, milestone, claim };
}

/** Approvals by wallets, as `release` takes them. */
export async function approve(community: Community, claim: Claim, signers: Signer[]) {
  const signed = await signFund(community, "Release", describeRelease(claim), signers);
  return signed.map(({ signature }) => {
    const { r, yParityAndS } = Signature.from(signature);
    return { r, vs: yParityAndS };
  });
}

/** Releases the payment of a claim by wallets' approvals. */
export async function release(community: Community, claim: Claim, signers: Signer[]) {
  const signatures = await approve(community, claim, signers);
  return call(community.fund, "release", claim.claim, signatures, []);
}

/** Ends a reservation. */
export async function settle(community: Community, reservation: bigint) {
  const kept = await community.fund.getFunction("getReservation")(reservation);
  const { amount, accepted: paid } = kept as { amount: bigint; accepted: bigint };
  const record = id("settlement");
  const figures = { paidYuan: toYuan(paid), freedYuan: toYuan(amount - paid) };
  const value = { reservation, ...figures, record };
  const attestations = await signFund(community, "Settle", value, bothOf(community));
  return call(community.fund, "settle", reservation, record, attestations);
}
