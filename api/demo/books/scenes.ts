import type { Terms } from "../../fund/books/terms.ts";
import type { Calendar } from "../calendar.ts";
import type { Scene } from "../scenes.ts";
import type { Story } from "../story.ts";
import type { Bookkeeper } from "./bookkeeper.ts";
import { COMPANIES } from "./companies.ts";
import { dayIn, dayOf } from "./days.ts";
import { planYear } from "./year.ts";
import type { Act, BookYear } from "./year.ts";

/** Closed years before the one that runs. */
const CLOSED = 3;
const TAKEN_OVER_DAY = -104;
const STATEMENT_DAY = -9;

const SETTINGS: Terms = {
  action: "settings",
  topUpBelow: 300,
  topUpSource: "《住宅专项维修资金管理办法》第十七条",
  negativeUnits: false,
  incomeShare: {
    permille: 700,
    above: 0n,
    period: "year",
    source: "业主大会决议：公共收益净额七成补充维修资金（演示）",
  },
};

/**
 * The books: what was kept before is taken over, three years of it closed, each held against the bank; then the running
 * year goes on while assemblies meet, and a statement arrives of which some lines nobody has explained yet.
 */
export function listBookScenes(story: Story, { at }: Calendar): Scene[] {
  const taken = at(TAKEN_OVER_DAY, 14);
  return [
    {
      ...{ at: taken, title: "books of three years 三年账目" },
      play: async (town) => {
        await town.books.openAccounts();
        await town.books.decide(SETTINGS);
        for (const book of listYears(dayOf(taken))) await keepYear(town.books, story, book);
        await answerFlags(town.books);
        await town.settle();
      },
    },
    {
      ...{ at: at(STATEMENT_DAY, 10), title: "bank statement 银行对账" },
      play: async (town) => {
        await receiveStatement(town.books, story, dayOf(at(STATEMENT_DAY, 10)));
        await town.settle();
      },
    },
  ];
}

/** The years up to the one that runs on a day, whose last day is that of the month before. */
function listYears(day: string): BookYear[] {
  const last = Number(day.slice(0, 4));
  return Array.from({ length: CLOSED + 1 }, (_, index): BookYear => {
    const year = last - CLOSED + index;
    const until = index < CLOSED ? `${year}-12-31` : dayBefore(`${day.slice(0, 7)}-01`);
    return { index, year, until };
  });
}

const dayBefore = (day: string): string =>
  dayIn(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)) - 1);

/** A year's entries, the bank's statements of it, and where it is over its closing and the share of its income. */
async function keepYear(books: Bookkeeper, { units }: Story, book: BookYear): Promise<void> {
  const { index, year, until } = book;
  await books.enter(planYear(units, book));
  if (index > 0) await books.enter([shareOf(year)]);
  if (index === CLOSED - 1) await books.enter([distributionOf(year)]);
  await books.reconcile(until);
  if (index < CLOSED) await books.decide({ action: "period", to: until });
  else await books.decide({ action: "balances", date: until });
}

/** What the year before earned, as the rule says: paid over when its audit is done. */
const shareOf = (year: number): Act => ({
  terms: { action: "incomeShare", from: `${year - 1}-01-01`, date: `${year}-03-31` },
  with: COMPANIES.bank,
});

const distributionOf = (year: number): Act => ({
  terms: {
    action: "distribution",
    amount: 9_99_900n,
    date: `${year}-12-28`,
    narration: "公共收益结余按面积分配给业主",
  },
  with: COMPANIES.bank,
});

/** What goes on in the month, and a statement with lines that nobody has explained yet. */
async function receiveStatement(books: Bookkeeper, { units }: Story, day: string): Promise<void> {
  const known = books.enteredTo;
  const years = new Set([known, day].map((date) => Number(date.slice(0, 4))));
  const lately = [...years].flatMap((year) => planYear(units, { index: CLOSED, year, until: day }));
  await books.enter(lately.filter((act) => isNew(act, known)));
  const unexplained = UNEXPLAINED.map((line) => ({ ...line, date: day }));
  await books.reconcile(day, unexplained);
}

/** Repairs are projects by now, with payments that enter themselves. */
const isNew = ({ terms }: Act, known: string): boolean =>
  "date" in terms && terms.date > known && !("kind" in terms && terms.kind === "charge");

/** What the newest statement shows and nobody has entered. */
const UNEXPLAINED = [
  { fund: "maintenance", amountFen: -2_500n, with: COMPANIES.bank, text: "账户管理费" },
  { fund: "income", amountFen: 36_000n, with: COMPANIES.media, text: "来款待查" },
] as const;

const RENAMED = "两笔付款的收款单位是同一家：该公司去年更名，账户未变，更名通知书已存档（演示）。";

/** The committee answers what the formulas found of accounts; the rest waits for its answer. */
async function answerFlags(books: Bookkeeper): Promise<void> {
  await books.answer("accountReused", RENAMED);
}
