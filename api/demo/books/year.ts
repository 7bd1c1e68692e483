import { unitId } from "../../../protocol/registry/lines.ts";
import type { Terms } from "../../fund/books/terms.ts";
import type { DemoUnit } from "../households.ts";
import type { Company } from "./companies.ts";
import { COMPANIES } from "./companies.ts";
import { dayIn, endOfMonth } from "./days.ts";
import type { Repair } from "./repairs.ts";
import { REPAIRS } from "./repairs.ts";

export type EntryTerms = Extract<Terms, { action: "entry" }>;

/** Something that is entered, and with whom the bank sees the money move. */
export interface Act {
  terms: Terms;
  with: Company;
  /** Takes back the entry that came just before it, because an audit found less. */
  isAudit?: boolean;
}

/** The books of one year: `index` years after they began. */
export interface BookYear {
  index: number;
  year: number;
  /** Nothing after this day. */
  until: string;
}

const E4 = 10_000n;
const ALL = { kind: "all" } as const;

const areaOf = (units: readonly DemoUnit[]): bigint =>
  units.reduce((sum, { areaE4 }) => sum + areaE4, 0n);

/** What so many fen a square metre come to; never a round sum, as invoices are not. */
export const priced = (fen: number, units: readonly DemoUnit[]): bigint =>
  (BigInt(fen) * areaOf(units)) / E4;

function entry(
  kind: EntryTerms["kind"],
  amount: bigint,
  rest: Pick<EntryTerms, "date" | "narration"> & Partial<EntryTerms>,
): EntryTerms {
  return { action: "entry", kind, amount, documents: [], ...rest };
}

/** Everything that is entered in a year, in the order of days. */
export function planYear(units: readonly DemoUnit[], book: BookYear): Act[] {
  const acts = [
    ...(book.index === 0 ? open(units, book) : []),
    ...repairs(units, book),
    ...income(units, book),
    ...costs(units, book),
    ...placing(units, book),
  ].filter(({ terms }) => !("date" in terms) || terms.date <= book.until);
  return acts.sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : Number(dateOf(a) > dateOf(b))));
}

const dateOf = ({ terms }: Act): string => ("date" in terms ? terms.date : "");

/** Fen a square metre that owners had paid in: more where there are lifts to renew; some had paid late and little. */
const DEPOSIT_FEN = 12_000n;
const LATE_EVERY = 37;

function open(units: readonly DemoUnit[], { year }: BookYear): Act[] {
  const shares = units.map(({ building, entrance, number, areaE4 }, i) => {
    const full = (DEPOSIT_FEN * areaE4) / E4;
    const amount = i % LATE_EVERY === LATE_EVERY - 1 ? (full * 8n) / 10n : full;
    return { unit: unitId(building, entrance, number), amount };
  });
  const amount = shares.reduce((sum, share) => sum + share.amount, 0n);
  const date = dayIn(year, 1, 1);
  const common = { date, narration: "自上一账户转入，附原分户清册" };
  return [
    { terms: entry("opening", amount, { ...common, spread: { by: "list", units: shares } }), with: COMPANIES.bank }, // prettier-ignore
    { terms: entry("openingIncome", priced(95, units), common), with: COMPANIES.property },
  ];
}

function scopeOf({ building, entrance }: Repair) {
  if (building === undefined) return ALL;
  if (entrance === undefined) return { kind: "buildings" as const, buildings: [building] };
  return { kind: "entrances" as const, entrances: [{ building, entrance }] };
}

const within = (units: readonly DemoUnit[], { building, entrance }: Repair): DemoUnit[] =>
  units.filter(
    (unit) =>
      (building === undefined || unit.building === building) &&
      (entrance === undefined || unit.entrance === entrance),
  );

/** The first floor hardly needs a lift; each floor above bears a tenth more. */
function floorFactors(units: readonly DemoUnit[]): Record<string, string> {
  return Object.fromEntries(
    units.map(({ building, entrance, number }) => {
      const floor = Number(number.slice(0, -2));
      const tenths = floor === 1 ? 5 : 9 + floor;
      const factor = tenths % 10 === 0 ? `${tenths / 10}` : (tenths / 10).toFixed(1);
      return [unitId(building, entrance, number), factor];
    }),
  );
}

/** What was paid before there were projects here has an entry and no story; the books say so. */
const BEFORE = "（启用本系统前的维修）";

function repairs(units: readonly DemoUnit[], { index, year }: BookYear): Act[] {
  return REPAIRS.filter((repair) => repair.year === index).flatMap((repair) => {
    const { month, title, category, company, fenPerSquareMetre, auditedPercent } = repair;
    const served = within(units, repair);
    const factors = repair.byFloor ? { factors: floorFactors(served) } : {};
    const spread = { by: "area" as const, scope: scopeOf(repair), ...factors };
    const amount = priced(fenPerSquareMetre, served);
    const charge = (fen: bigint, date: string, note: string): Act => ({
      terms: entry("charge", fen, { date, narration: title + note + BEFORE, category, spread }),
      with: company,
    });
    const first = charge(amount, dayIn(year, month, 12), "");
    if (auditedPercent === undefined) return [first];
    const reason = "造价审核核减，原列金额有误，冲销后按审定金额重记";
    const date = dayIn(year, month, 26);
    return [
      first,
      { terms: { action: "reversal", number: 0, date, reason }, with: company, isAudit: true },
      charge((amount * BigInt(auditedPercent)) / 100n, date, "（按审定金额）"),
    ];
  });
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const QUARTERS = [3, 6, 9, 12] as const;

function income(units: readonly DemoUnit[], { index, year }: BookYear): Act[] {
  const parking = MONTHS.map((month): Act => {
    const amount = priced(20 + ((month * 7 + index * 3) % 5), units);
    const narration = `${month} 月地面车位停车费`;
    const account = "income:revenue:parking";
    return {
      terms: entry("income", amount, { date: endOfMonth(year, month), narration, account }),
      with: COMPANIES.property,
    };
  });
  const advertising = QUARTERS.map((month): Act => {
    const narration = `第 ${month / 3} 季度电梯轿厢广告`;
    const account = "income:revenue:advertising";
    const date = dayIn(year, month, 10);
    return {
      terms: entry("income", priced(14 + index, units), { date, narration, account }),
      with: COMPANIES.media,
    };
  });
  const rent: Act = {
    terms: entry("income", priced(31, units), {
      ...{ date: dayIn(year, 4, 8), narration: "便民服务点场地年租金" },
      account: "income:revenue:rent",
    }),
    with: COMPANIES.kiosks,
  };
  return [...parking, ...advertising, rent];
}

function costs(units: readonly DemoUnit[], { index, year }: BookYear): Act[] {
  const quarterly = QUARTERS.map((month): Act => {
    const narration = `第 ${month / 3} 季度停车管理和设备维护`;
    const account = "income:costs:停车管理";
    const date = dayIn(year, month, 22);
    return {
      terms: entry("cost", priced(17, units), { date, narration, account }),
      with: COMPANIES.property,
    };
  });
  const planting: Act = {
    terms: entry("cost", priced(24 + index, units), {
      ...{ date: dayIn(year, 3, 18), narration: "中心花园补种" },
      account: "income:costs:绿化",
    }),
    with: COMPANIES.gardens,
  };
  const audit: Act = {
    terms: entry("cost", priced(4, units), {
      ...{ date: dayIn(year, 2, 25), narration: "上年度公共收益审计" },
      account: "income:costs:审计",
    }),
    with: COMPANIES.auditors,
  };
  return [...quarterly, planting, ...(index > 0 ? [audit] : [])];
}

const INTEREST_FEN = 76;
/** Halves of a year: each shares something out over every unit, which is what takes long. */
const HALVES = [6, 12] as const;
const BONDS_FEN = 4_000;
const GAIN_FEN = 118;

/** Interest each half-year, and bonds bought in the first year, bearing gains, redeemed in the third. */
function placing(units: readonly DemoUnit[], { index, year }: BookYear): Act[] {
  const { bank } = COMPANIES;
  const spread = { by: "balance" as const, scope: ALL };
  const interest = HALVES.map((month): Act => {
    const narration = `${month === 6 ? "上" : "下"}半年存款利息`;
    const date = endOfMonth(year, month);
    const amount = priced(INTEREST_FEN - index * 6, units);
    return { terms: entry("interest", amount, { date, narration, spread }), with: bank };
  });
  const bonds = (kind: "investment" | "redemption", month: number, narration: string): Act => ({
    terms: entry(kind, priced(BONDS_FEN, units), { date: dayIn(year, month, 15), narration }),
    with: bank,
  });
  const gain: Act = {
    terms: entry("investmentGain", priced(GAIN_FEN, units), {
      ...{ date: dayIn(year, 11, 14), narration: "储蓄国债利息", spread },
    }),
    with: bank,
  };
  const placed = [
    bonds("investment", 2, "购买三年期储蓄国债"),
    undefined,
    bonds("redemption", 11, "储蓄国债到期兑回"),
  ][index];
  const gains = index < 3 ? [gain] : [];
  return [...interest, ...gains, ...(placed ? [placed] : [])];
}
