import type { Hex } from "viem";
import { sheetTypedData } from "../../../protocol/assembly/sheet.ts";
import type { SignedAnswer } from "../../../protocol/assembly/sheet.ts";
import { ask, get, post } from "./client.ts";
import type { Answer } from "./client.ts";
import { digestOf } from "./people.ts";
import { eventually } from "./service.ts";
import type { TestCommunity, Voter } from "./community.ts";

export const NOTICE_SECONDS = 3600;
export const WINDOW_SECONDS = 7200;

export interface MeetingOptions {
  items?: readonly number[];
  /** Of each motion; undefined where it uses no money. */
  plans?: readonly (object | undefined)[];
  conflict?: "newestFirst" | "oldestFirst" | "paperFirst";
  paperSeconds?: number;
  revealSeconds?: number;
  objectionSeconds?: number;
}

/** A draft that nothing is wrong with. */
export function draftOf(community: TestCommunity, roll: number, options: MeetingOptions = {}) {
  const { items = [5, 3, 8], plans = [], conflict = "newestFirst", ...times } = options;
  const { clock } = community.service;
  const motions = items.map((item, i) => ({
    title: `议题 ${i + 1}`,
    text: `关于第 ${i + 1} 项的决定。`,
    item,
    documents: [] as { name: string; sha256: string }[],
    ...(plans[i] ? { plan: plans[i] } : {}),
  }));
  return {
    roll,
    title: "2027 年第一次业主大会",
    scope: "全体业主",
    organiser: "业主委员会",
    contact: "物业管理处 1 号楼",
    motions,
    opensAt: clock.at(NOTICE_SECONDS + 600),
    closesAt: clock.at(NOTICE_SECONDS + 600 + WINDOW_SECONDS),
    profile: {
      conflict,
      invalid: "participates",
      deemed: "none",
      noticeSeconds: NOTICE_SECONDS,
      paperSeconds: 0,
      revealSeconds: 3600,
      objectionSeconds: 86_400,
      source: "业主大会议事规则 第十二条",
      ...times,
    },
  };
}

interface Announced {
  number: number;
  record: { index: number; leaf: Hex };
}

/** One meeting under test. */
export class TestMeeting {
  readonly community: TestCommunity;
  readonly number: number;

  private constructor(community: TestCommunity, number: number) {
    this.community = community;
    this.number = number;
  }

  get path(): string {
    return `${this.community.path}/meetings/${this.number}`;
  }

  static async convene(
    community: TestCommunity,
    roll: number,
    options: MeetingOptions = {},
  ): Promise<TestMeeting> {
    const body = draftOf(community, roll, options);
    const { proposal, record } = await community.postAs("committee", "/meetings", { body });
    await community.sign(proposal);
    const found = await eventually(async () => {
      const { items } = await get(community.service, `${community.path}/meetings`);
      return (items as Announced[]).find((row) => row.record.leaf === record);
    });
    await community.anchored(found.record.index);
    return new TestMeeting(community, found.number);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what they expect
  view(): Promise<any> {
    return get(this.community.service, this.path);
  }

  async moveTo(time: "opensAt" | "closesAt" | "countsFrom", plusSeconds = 0): Promise<void> {
    const view = await this.view();
    this.community.service.clock.seconds = Date.parse(view[time]) / 1000 + plusSeconds;
  }

  #domain: { chainId: number; contract: Hex } | undefined;

  /** Read once: the service need not run when ballots are signed. */
  async readDomain(): Promise<{ chainId: number; contract: Hex }> {
    if (this.#domain) return this.#domain;
    const { chainId, assembly } = await get(this.community.service, this.community.path);
    return (this.#domain = { chainId, contract: assembly });
  }

  /** A signed ballot, ready to be sent. */
  async sheet(
    voter: Voter,
    answers: readonly SignedAnswer[],
    meeting = this.number,
  ): Promise<Record<string, unknown>> {
    const digest = digestOf(sheetTypedData(await this.readDomain(), BigInt(meeting), answers));
    const { person, page, position } = voter;
    return { page, position, form: person.form, answers, signature: await person.sign(digest) };
  }

  async vote(voter: Voter, ...answers: readonly SignedAnswer[]) {
    return this.send(await this.sheet(voter, answers));
  }

  async send(body: unknown) {
    return post(this.community.service, `${this.path}/ballots`, { body });
  }

  async trySend(body: unknown): Promise<Answer> {
    return ask(this.community.service, "POST", `${this.path}/ballots`, { body });
  }

  async ballot(leaf: string, cookie?: string) {
    return get(this.community.service, `${this.path}/ballots/${leaf}`, { cookie });
  }

  async sealed(leaf: string) {
    await this.community.service.assembly.step();
    return eventually(async () => {
      const ballot = await this.ballot(leaf);
      return ballot.state === "sealed" ? ballot : undefined;
    });
  }

  async concluded() {
    return eventually(async () => {
      const view = await this.view();
      return view.result ? view : undefined;
    });
  }
}
