import {
  type Abi,
  type Hex,
  encodeFunctionData,
  hashTypedData,
  keccak256,
  stringToHex,
} from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import type { SealedText } from "../../../protocol/anchor/sealed.ts";
import { CONFLICT_POLICIES, ORIGINS, OUTCOMES } from "../../../protocol/anchor/record/assembly.ts";
import { scanHash } from "../../../protocol/assembly/ballot.ts";
import {
  conveneTypedData,
  extendTypedData,
  paperBatchTypedData,
  sealTypedData,
} from "../../../protocol/assembly/meeting.ts";
import {
  type BallotContext,
  type OwnBallot,
  type PaperBallot,
  arrangeBatch,
  arrangePaper,
  ballotDigest,
  encodeBatch,
  encodePaper,
} from "../../../protocol/assembly/opening.ts";
import { openingOrder } from "../../../protocol/assembly/order.ts";
import { planHashes } from "../../../protocol/assembly/plan.ts";
import type { Receipt } from "../../../protocol/assembly/receipt.ts";
import { type Answer, type SignedAnswer, packAnswers } from "../../../protocol/assembly/sheet.ts";
import {
  type Tally,
  addCounts,
  fromTallyWord,
  sumTallies,
} from "../../../protocol/assembly/tally.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import { buildTree, treeProof } from "../../../protocol/registry/tree.ts";
import { secretOf } from "./keys.ts";
import { makePlan } from "./plan.ts";
import { OFFICERS, TestRoll } from "./roll.ts";

type Batch = { batch: number; origin: "own" | "paper"; content: OwnBallot[] | PaperBallot[] };

const NOTICE_SECONDS = 100;
const PAPER_SECONDS = 1_000;
const REVEAL_SECONDS = 7_200;
const OBJECTION_SECONDS = 500;
const WINDOW_SECONDS = 10_000;

/** A meeting held step by step on a test community, as a service and its officers would. */
export class TestMeeting extends TestRoll {
  readonly batches: Batch[] = [];
  opensAt = 0;
  closesAt = 0;
  contact: string | SealedText = "office";

  get #domain() {
    const { chainId, assembly } = this.community.info;
    return { chainId, contract: assembly };
  }

  get context(): BallotContext {
    return { domain: this.#domain, meeting: 1n, motions: this.plan.items.length };
  }

  /** Convenes with notice; `anchored` false leaves the log unanchored. */
  async convene(anchored = true): Promise<void> {
    const { community, plan } = this;
    this.opensAt = community.now + NOTICE_SECONDS + 100;
    this.closesAt = this.opensAt + WINDOW_SECONDS;
    const periods = {
      noticeSeconds: NOTICE_SECONDS,
      paperSeconds: PAPER_SECONDS,
      revealSeconds: REVEAL_SECONDS,
      objectionSeconds: OBJECTION_SECONDS,
    };
    const motions = plan.items.map((item, i) => ({
      title: `motion ${i}`,
      text: community.putDocument(new TextEncoder().encode(`text of motion ${i}`)),
      item,
      documents: [],
      ...(i === 0 ? { plan: makePlan(community) } : {}),
    }));
    const { opensAt, closesAt } = this;
    const record = community.publish({
      type: "meeting",
      roll: 1,
      title: "test",
      scope: "全体业主",
      organiser: "committee",
      contact: this.contact,
      motions,
      noticeAt: community.now,
      opensAt,
      closesAt,
      profile: {
        conflict: plan.conflict,
        invalid: "participates",
        deemed: "none",
        ...periods,
        source: "rules of procedure, Art. 12",
      },
    });
    const conflict = CONFLICT_POLICIES.indexOf(plan.conflict);
    const window = { opensAt: BigInt(opensAt), closesAt: BigInt(closesAt) };
    const rules = { conflict, invalidParticipates: true };
    const convocation = {
      roll: 1n,
      record,
      items: [...plan.items],
      plans: planHashes(motions),
      ...window,
      ...periods,
      ...rules,
    };
    const attestations = community.attest(conveneTypedData(this.#domain, convocation), OFFICERS);
    await community.send("assembly", "convene", [convocation, attestations]);
    if (anchored) await community.anchor();
  }

  /** Moves the end, before it has come; `closesAt` in the record may differ for a test. */
  async extend(seconds: number, published = this.closesAt + seconds): Promise<void> {
    const closesAt = this.closesAt + seconds;
    const body = { type: "extension", meeting: 1, closesAt: published, reason: "holiday" };
    const record = this.community.publish(body);
    const message = { meeting: 1n, closesAt: BigInt(closesAt), record };
    const attestations = this.community.attest(extendTypedData(this.#domain, message), OFFICERS);
    await this.community.send("assembly", "extend", [1n, message.closesAt, record, attestations]);
    this.closesAt = closesAt;
  }

  /** A signed ballot, as an owner's device makes it. */
  vote(owner: number, answers: readonly SignedAnswer[]): OwnBallot {
    const { key, place } = this.keys.get(owner)!;
    const packed = packAnswers(answers);
    const { signature, envelope } = key.sign(ballotDigest(this.context, packed));
    return { ...place, kind: key.kind, form: key.form, answers: packed, envelope, signature };
  }

  async seal(ballots: readonly OwnBallot[]): Promise<number> {
    this.community.waitUntil(this.opensAt);
    const { ballots: content, root } = arrangeBatch(this.context, ballots);
    await this.community.send("assembly", "seal", [1n, root, content.length]);
    return this.#push({ origin: "own", content });
  }

  async sealOwn(owner: number, ballot: OwnBallot, nonce = 0n): Promise<number> {
    this.community.waitUntil(this.opensAt);
    const { key, place } = this.keys.get(owner)!;
    const { ballots: content, root: leaf } = arrangeBatch(this.context, [ballot]);
    const digest = hashTypedData(sealTypedData(this.#domain, { meeting: 1n, leaf, nonce }));
    const own = { place, form: key.form, ...key.sign(digest) };
    await this.community.send("assembly", "sealOwn", [1n, leaf, own]);
    return this.#push({ origin: "own", content });
  }

  async sealPaper(
    sheets: readonly { owner: number; answers: readonly Answer[] }[],
  ): Promise<number> {
    this.community.waitUntil(this.opensAt);
    const ballots = sheets.map(({ owner, answers }): PaperBallot => ({
      voter: this.voterOf(owner),
      answers: packAnswers(answers),
      scan: scanHash(secretOf(`salt ${owner}`), keccak256(stringToHex(`scan ${owner}`))),
    }));
    const { ballots: content, root } = arrangePaper(1n, ballots);
    const message = { meeting: 1n, root, count: content.length };
    const typed = paperBatchTypedData(this.#domain, message);
    const attestations = this.community.attest(typed, ["tellerA", "tellerB"]);
    await this.community.send("assembly", "sealPaper", [1n, root, content.length, attestations]);
    return this.#push({ origin: "paper", content });
  }

  #push(batch: Omit<Batch, "batch">): number {
    return this.batches.push({ batch: this.batches.length, ...batch }) - 1;
  }

  startCount(): void {
    this.community.waitUntil(this.closesAt + PAPER_SECONDS);
  }

  async openAlone(batch: number, index: number): Promise<void> {
    const content = this.batches[batch]!.content as OwnBallot[];
    const arranged = arrangeBatch(this.context, content);
    const { page, position, form, answers, envelope, signature } = arranged.ballots[index]!;
    const tree = buildTree(arranged.ballots.map(({ leaf }) => leaf));
    const ballot = { place: { page, position }, message: { form, answers, envelope }, signature };
    const args = [1n, BigInt(batch), ballot, treeProof(tree, index)];
    await this.community.send("assembly", "openBallot", args);
  }

  /** Opens all batches in their order; those in `lapsing` are left to lapse. */
  async openAll(lapsing: readonly number[] = []): Promise<void> {
    for (const { batch, origin, content } of openingOrder(this.plan.conflict, this.batches)) {
      if (lapsing.includes(batch)) {
        this.community.waitUntil(this.community.now + REVEAL_SECONDS + 3_600);
        await this.community.send("assembly", "lapse", [1n, BigInt(batch)]);
      } else if (origin === "own") {
        const { messages, groups } = encodeBatch(content as OwnBallot[]);
        await this.community.send("assembly", "openBatch", [1n, BigInt(batch), messages, groups]);
      } else {
        const { answers, ballots } = encodePaper(content as PaperBallot[]);
        await this.community.send("assembly", "openPaper", [1n, BigInt(batch), answers, ballots]);
      }
    }
  }

  async conclude(lapsed: readonly number[] = []): Promise<void> {
    await this.community.send("assembly", "conclude", [1n]);
    const motions = [];
    for (const motion of this.plan.items.keys())
      motions.push(await this.#readMotion(BigInt(motion)));
    const batches = this.batches.length;
    this.community.publish({ type: "result", meeting: 1, motions, batches, lapsed });
    await this.community.anchor();
  }

  async #call(functionName: "tally" | "outcome", args: readonly unknown[]): Promise<bigint> {
    const abi: Abi = assemblyAbi;
    const data = encodeFunctionData({ abi, functionName, args });
    const to = this.community.info.assembly;
    return BigInt((await this.community.request("eth_call", { to, data }, "latest")) as Hex);
  }

  async #readMotion(motion: bigint): Promise<object> {
    const words = [
      await this.#call("tally", [1n, motion, 0]),
      await this.#call("tally", [1n, motion, 1]),
    ];
    const tallies = words.map(fromTallyWord);
    const sum = sumTallies(tallies);
    const show = ({ heads, areaE4 }: Tally["for"]) => ({ heads, area: fromAreaE4(areaE4) });
    const figures = (tally: Tally) => ({
      for: show(tally.for),
      against: show(tally.against),
      abstain: show(tally.abstain),
      invalid: show(tally.invalid),
    });
    const { voters, totalAreaE4 } = this.roll;
    return {
      outcome: OUTCOMES[Number(await this.#call("outcome", [1n, motion]))],
      total: show({ heads: voters.length, areaE4: totalAreaE4 }),
      participating: show([sum.for, sum.against, sum.abstain, sum.invalid].reduce(addCounts)),
      ...figures(sum),
      origins: ORIGINS.map((origin, i) => ({ origin, ...figures(tallies[i]!) })),
    };
  }

  /** The receipt of one ballot of a sealed batch. */
  receipt(owner: number, batch: number, answers: readonly SignedAnswer[]): Receipt {
    const { key, place, voter } = this.keys.get(owner)!;
    const arranged = arrangeBatch(
      this.context,
      this.batches[batch]!.content as OwnBallot[],
    ).ballots;
    const index = arranged.findIndex(({ page, position }) => {
      return page === place.page && position === place.position;
    });
    const { envelope, signature, leaf } = arranged[index]!;
    const tree = buildTree(arranged.map((ballot) => ballot.leaf));
    return {
      v: 1,
      chainId: this.community.info.chainId,
      assembly: this.community.info.assembly,
      meeting: 1,
      batch,
      origin: "own",
      voter,
      ...place,
      kind: key.kind,
      form: key.form,
      ...(envelope === "0x" ? {} : { envelope }),
      answers: [...answers],
      signature,
      leaf,
      proof: treeProof(tree, index),
    };
  }
}
