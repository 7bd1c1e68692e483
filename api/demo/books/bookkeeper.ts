import type { Fund as FundName } from "../../fund/books/entry.ts";
import type { StoredEntry } from "../../fund/books/find.ts";
import type { Terms } from "../../fund/books/terms.ts";
import { LONG_TRANSACTION } from "../../fund/context.ts";
import type { Service } from "../../service.ts";
import type { DemoOffice, DemoOfficer } from "../officers.ts";
import type { Company } from "./companies.ts";
import { COMPANIES } from "./companies.ts";
import { laterInMonth } from "./days.ts";
import { createStatement } from "./statement.ts";
import type { StatementLine } from "./statement.ts";
import type { Act } from "./year.ts";

export interface BookkeeperDeps {
  service: Service;
  communityId: string;
  officers: Record<DemoOffice, DemoOfficer>;
}

/** An account as the bank has it. */
interface Account {
  fund: FundName;
  number: number;
  balanceFen: bigint;
  statements: number;
  lines: number;
  /** Entries whose line the bank has printed. */
  printed: Set<number>;
}

const ACCOUNTS = [
  ["maintenance", "示范银行示范支行 住宅专项维修资金专户", "62260000000038"],
  ["income", "示范银行示范支行 公共收益专户", "62260000000146"],
] as const;

/** The committee's bookkeeper: enters, holds the books against the bank, closes years. */
export class Bookkeeper {
  readonly #deps: BookkeeperDeps;
  readonly #accounts: Account[] = [];
  /** The last day on which something was entered. */
  enteredTo = "";
  readonly #partners = new Map<number, Company>();
  /** Pairs of entries that cancel each other: the bank never saw them. */
  readonly #cancelled: [number, number][] = [];

  constructor(deps: BookkeeperDeps) {
    this.#deps = deps;
  }

  get #officer() {
    return this.#deps.officers.committee.id;
  }

  async openAccounts(): Promise<void> {
    const { service, communityId } = this.#deps;
    for (const [fund, name, account] of ACCOUNTS) {
      const officer = this.#officer;
      const { bank } = service.fund;
      const { number } = await bank.openAccount({ communityId, fund, name, account, officer });
      const start = { balanceFen: 0n, statements: 0, lines: 0, printed: new Set<number>() };
      this.#accounts.push({ fund, number, ...start });
    }
    const markedAt = service.clock.now();
    const marks = Object.values(COMPANIES).map(({ name }) => {
      return { communityId, name, markedBy: officerOf(this.#deps), markedAt };
    });
    await service.db.bankOrganisation.createMany({ data: marks });
  }

  /** Done at once, as if another officer had confirmed each: in one transaction, because there are many. */
  async enter(acts: readonly Act[]): Promise<void> {
    const { service } = this.#deps;
    await service.db.$transaction(async (tx) => {
      let last = 0;
      for (const { terms, with: company, isAudit } of acts) {
        const given = isAudit && terms.action === "reversal" ? { ...terms, number: last } : terms;
        const { entries } = await service.fund.perform(tx, this.#performance(given));
        if (isAudit) this.#cancelled.push([last, entries[0]!]);
        if ("date" in terms && terms.date > this.enteredTo) this.enteredTo = terms.date;
        for (const entry of entries) this.#partners.set(entry, company);
        last = entries.at(-1) ?? last;
      }
    }, LONG_TRANSACTION);
  }

  async decide(terms: Terms): Promise<void> {
    const { service } = this.#deps;
    await service.db.$transaction(
      (tx) => service.fund.perform(tx, this.#performance(terms)),
      LONG_TRANSACTION,
    );
  }

  #performance(terms: Terms): Parameters<Service["fund"]["perform"]>[1] {
    const { communityId, officers } = this.#deps;
    const by = { author: officers.committee.id, confirmer: officers.registrar.id };
    return { terms, origin: { communityId, by, source: undefined } };
  }

  /** Whom the bank will name beside a payment that entered itself. */
  expect(entry: number, company: Company): void {
    this.#partners.set(entry, company);
  }

  /** The committee's public word on what a formula found. */
  async answer(formula: string, text: string): Promise<void> {
    const { service, communityId } = this.#deps;
    const found = await service.db.fundFlag.findMany({ where: { communityId, formula } });
    for (const { number: flag } of found) {
      const officer = this.#officer;
      await service.fund.answerFlag({ communityId, flag, text, documents: [], officer });
    }
  }

  /** Imports what the bank shows by a day of either account, with `more` that nobody has entered, and links it. */
  async reconcile(until: string, more: readonly (StatementLine & { fund: FundName })[] = []) {
    for (const account of this.#accounts) {
      const own = more.filter(({ fund }) => fund === account.fund);
      await this.#importStatement(account, until, own);
    }
  }

  async #importStatement(
    account: Account,
    until: string,
    more: readonly StatementLine[],
  ): Promise<void> {
    const { service, communityId } = this.#deps;
    const cancelled = new Set(this.#cancelled.flat());
    const entries = (await this.#listEntries(account.fund)).filter(
      ({ number, date }) => date <= until && !account.printed.has(number) && !cancelled.has(number),
    );
    const printed = entries.map((entry) => ({ entry, line: this.#toLine(entry, until) }));
    const lines = [...printed, ...more.map((line) => ({ entry: undefined, line }))].sort((a, b) =>
      a.line.date < b.line.date ? -1 : Number(a.line.date > b.line.date),
    );
    if (lines.length === 0) return;
    const serial = `${account.number}${until.replaceAll("-", "")}`;
    const statement = { openingFen: account.balanceFen, serial };
    const { bytes, closingFen } = createStatement(
      lines.map(({ line }) => line),
      statement,
    );
    const { bank } = service.fund;
    const officer = this.#officer;
    await bank.importFile({ communityId, account: account.number, bytes, officer });
    const first = account.lines + 1;
    Object.assign(account, { balanceFen: closingFen, lines: account.lines + lines.length });
    for (const { entry } of lines) if (entry) account.printed.add(entry.number);
    const numbered = lines.flatMap(({ entry }, i) => (entry ? [{ entry, line: first + i }] : []));
    await this.#link(account, numbered);
  }

  /** What was paid on chain each with its own line, the rest a quarter at a time: together the same money. */
  async #link(
    { number: account, fund, printed }: Account,
    linked: readonly Linked[],
  ): Promise<void> {
    const { service, communityId } = this.#deps;
    const { bank } = service.fund;
    const common = { communityId, account, officer: this.#officer };
    const [paid, others] = [true, false].map((isPaid) =>
      linked.filter(({ entry }) => (entry.source !== null) === isPaid),
    ) as [Linked[], Linked[]];
    for (const part of [...inParts(paid, 1), ...inParts(others, LINKED_AT_ONCE)]) {
      await bank.link({
        ...common,
        lines: part.map(({ line }) => line),
        entries: part.map(({ entry }) => entry.number),
      });
    }
    if (fund !== "maintenance") return;
    const pairs = this.#cancelled.filter(([entry]) => !printed.has(entry));
    for (const pair of pairs) {
      await bank.link({ ...common, lines: [], entries: pair });
      for (const entry of pair) printed.add(entry);
    }
  }

  async #listEntries(fund: FundName): Promise<StoredEntry[]> {
    const { service, communityId } = this.#deps;
    const found: StoredEntry[] = [];
    for (let before: number | undefined; ; before = found.at(-1)!.number) {
      const page = await service.fund.findEntries(service.db, communityId, { fund, before });
      found.push(...page);
      if (page.length < 200) break;
    }
    return found.filter((entry) => bankFen(entry) !== 0n).reverse();
  }

  #toLine(entry: StoredEntry, until: string): StatementLine {
    const company = this.#partners.get(entry.number) ?? COMPANIES.bank;
    const later = laterInMonth(entry.date, entry.number % 3);
    const date = later > until ? until : later;
    return { date, amountFen: bankFen(entry), with: company, text: toText(entry) };
  }
}

type Linked = { entry: StoredEntry; line: number };
const LINKED_AT_ONCE = 6;

const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );

const officerOf = ({ officers }: BookkeeperDeps) => officers.committee.id;

/** A bank has little room for what a payment was for, and its tables have commas. */
const toText = ({ narration }: StoredEntry): string => narration.slice(0, 20).replaceAll(",", "，");

const bankFen = ({ postings, fund }: StoredEntry): bigint =>
  postings.find(({ account }) => account === `${fund}:bank`)?.amountFen ?? 0n;
