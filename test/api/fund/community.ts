import type { PostedEntry, UnitShare } from "../../../api/fund/books/entry.ts";
import type { Fund } from "../../../api/fund/service.ts";
import { TestService } from "../http/service.ts";
import type { TestServiceOptions } from "../http/service.ts";
import { TestCommunity } from "../registry/community.ts";

/** Units of the test community's roll, with what each deposits first: 100 yuan per m², as the local rule has it. */
export const DEPOSITS: readonly UnitShare[] = [
  { unit: "1-1-101", amountFen: -891_200n },
  { unit: "1-1-102", amountFen: -905_000n },
  { unit: "1-1-201", amountFen: -1_000_000n },
  { unit: "2-1-101", amountFen: -600_001n },
  { unit: "2-1-102", amountFen: -750_000n },
  { unit: "2-1-103", amountFen: -12_345_000n },
];

export const DEPOSITED = -DEPOSITS.reduce((sum, { amountFen }) => sum + amountFen, 0n);

/** A community with a frozen roll and its books. */
export class TestBooks {
  readonly test: TestService;
  readonly community: TestCommunity;

  private constructor(test: TestService, community: TestCommunity) {
    this.test = test;
    this.community = community;
  }

  static async create(options?: TestServiceOptions): Promise<TestBooks> {
    const test = await TestService.start(options);
    const community = await TestCommunity.create(test);
    await community.freeze();
    return new TestBooks(test, community);
  }

  get fund(): Fund {
    return this.test.service.fund;
  }

  get db() {
    return this.test.database.client;
  }

  get id(): string {
    return this.community.id;
  }

  /** A day relative to today, in China. */
  day(offset = 0): string {
    const now = this.test.clock.now().getTime();
    return new Date(now + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
  }

  post(
    entry: Omit<Parameters<Fund["postEntry"]>[1], "communityId" | "date" | "narration"> & {
      date?: string;
    },
  ): Promise<PostedEntry> {
    const full = { communityId: this.id, date: this.day(), narration: "测试", ...entry };
    return this.db.$transaction((tx) => this.fund.postEntry(tx, full));
  }

  reverse(number: number, reason = "记错了"): Promise<PostedEntry> {
    const reversal = { communityId: this.id, number, date: this.day(), reason };
    return this.db.$transaction((tx) => this.fund.reverseEntry(tx, reversal));
  }

  /** Every unit's first deposit. */
  deposit(source?: string, date = this.day()): Promise<PostedEntry> {
    return this.post({
      kind: "initialDeposit",
      postings: [
        { account: "maintenance:bank", amountFen: DEPOSITED },
        { account: "maintenance:owners", amountFen: -DEPOSITED },
      ],
      units: DEPOSITS,
      source,
      date,
    });
  }

  close(): Promise<void> {
    return this.test.close();
  }
}

/** The code with which a promise is refused. */
export async function codeOf(pending: Promise<unknown>): Promise<string> {
  try {
    await pending;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return "accepted";
}
