import { fromFen } from "../../../protocol/fund/money.ts";
import { DomainError } from "../../http/errors.ts";
import type { IdentifiedLine } from "./identity.ts";
import type { Balance } from "./parse/statement.ts";

/** A statement in which everything agrees. */
export interface SoundStatement {
  from: string;
  to: string;
  opening: Balance;
  closing: Balance;
  lines: IdentifiedLine[];
}

/** Where an account stands. */
export interface AccountState {
  /** Undefined until its first statement. */
  end: { closingFen: bigint; closedOn: string } | undefined;
  /** Lines from the day of the statement's first line on, by identity. */
  known: ReadonlyMap<string, { number: number; date: string }>;
}

export interface ImportPlan {
  added: IdentifiedLine[];
  repeated: number;
  openingFen: bigint;
  closingFen: bigint;
  from: string;
  to: string;
  /** False for a file that says nothing new. */
  isNews: boolean;
}

/**
 * What a statement adds to an account. Its new lines must follow exactly on what is known: the balance before them is
 * the last closing balance, none is older than that, and it repeats every line that is known from its own days.
 * Throws BankStatementGap or BankStatementOverlap with the figures.
 */
export function planImport(statement: SoundStatement, { end, known }: AccountState): ImportPlan {
  const { lines, opening, closing, from, to } = statement;
  const added = lines.filter(({ identity }) => !known.has(identity));
  const repeated = lines.filter(({ identity }) => known.has(identity));
  const plan = { added, repeated: repeated.length, closingFen: closing.amount, to };
  if (!end) return { ...plan, openingFen: opening.amount, from, isNews: true };
  const isOld = added.length === 0 && lines.length > 0 && to <= end.closedOn;
  if (!isOld) requireFollows(statement, { end, known, repeated, added });
  const isNews = added.length > 0 || to > end.closedOn;
  const since = added.length > 0 && from < end.closedOn ? end.closedOn : from;
  return { ...plan, openingFen: end.closingFen, from: since < to ? since : to, isNews };
}

interface Known {
  end: NonNullable<AccountState["end"]>;
  known: AccountState["known"];
  repeated: readonly IdentifiedLine[];
  added: readonly IdentifiedLine[];
}

function requireFollows(statement: SoundStatement, { end, known, repeated, added }: Known): void {
  const before = repeated.reduce((sum, { amount }) => sum + amount, statement.opening.amount);
  const firstDay = statement.lines[0]?.date ?? statement.from;
  const own = new Set(repeated.map(({ identity }) => identity));
  const figures = {
    closing: fromFen(end.closingFen),
    opening: fromFen(before),
    until: end.closedOn,
    since: firstDay,
  };
  const late = added.find(({ date }) => date < end.closedOn);
  const left = [...known].find(([identity, { date }]) => date > firstDay && !own.has(identity));
  if (late ?? left) throw new DomainError("BankStatementOverlap", figures);
  if (before === end.closingFen) return;
  const isOverlap = repeated.length > 0 || firstDay < end.closedOn;
  throw new DomainError(isOverlap ? "BankStatementOverlap" : "BankStatementGap", figures);
}
