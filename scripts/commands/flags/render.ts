import type { Flag, FlagFormula, FlagPayment } from "../../../protocol/fund/flag/input.ts";
import { FLAG_VERSION, FLAG_WORDS } from "../../../protocol/fund/flag/rules.ts";
import type { FlagRules } from "../../../protocol/fund/flag/rules.ts";
import { fromFen } from "../../../protocol/fund/money.ts";

export interface FlagResult {
  rules: FlagRules;
  payments: readonly FlagPayment[];
  flags: readonly Flag[];
  /** Lines without a day or an amount. */
  passedOver: number;
}

/** What a file of payments can answer; the others need invoices or projects. */
const ASKED: readonly FlagFormula[] = [
  "accountReused",
  "amountsSplit",
  "firstPayment",
  "transactionRepeated",
];

const countOf = (flags: readonly Flag[], formula: FlagFormula): number =>
  flags.filter((flag) => flag.formula === formula).length;

export function renderJson({ rules, payments, flags, passedOver }: FlagResult): string {
  const output = {
    version: FLAG_VERSION,
    payments: payments.length,
    passedOver,
    counts: Object.fromEntries(ASKED.map((formula) => [formula, countOf(flags, formula)])),
    formulas: Object.fromEntries(
      ASKED.map((formula) => [formula, { words: FLAG_WORDS[formula], parameters: rules[formula] }]),
    ),
    flags: flags.map(({ formula, parameters, inputs, figures }) => {
      return { formula, parameters, inputs: inputs.map(({ name }) => name), figures };
    }),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

const SHOWN = 10;

function renderFlag(flag: Flag, byName: ReadonlyMap<string, FlagPayment>): string {
  const rows = flag.inputs.map(({ name }) => byName.get(name)!);
  const lines = rows.map(({ name, date, amountFen, payee, transaction }) => {
    const words = [payee ?? "", transaction ?? ""].filter((word) => word !== "").join(" · ");
    return `    ${name.padEnd(10)} ${date} ${fromFen(amountFen).padStart(14)}  ${words}\n`;
  });
  return `  ${rows.length} payments, ${fromFen(BigInt(flag.figures["amount"] ?? "0"))}\n${lines.join("")}`;
}

/** Flags for people, by formula, each with its words and its first ten findings. */
export function renderText({ rules, payments, flags, passedOver }: FlagResult): string {
  const byName = new Map(payments.map((payment) => [payment.name, payment]));
  const parts = ASKED.map((formula) => {
    const own = flags.filter((flag) => flag.formula === formula);
    const parameters = JSON.stringify(rules[formula]);
    const shown = own.slice(0, SHOWN).map((flag) => renderFlag(flag, byName));
    const rest = own.length > SHOWN ? `  ... and ${own.length - SHOWN} more\n` : "";
    return `${formula}: ${own.length}\n  ${FLAG_WORDS[formula]} ${parameters}\n${shown.join("")}${rest}`;
  });
  const left = passedOver === 0 ? "" : `, ${passedOver} without a day or an amount passed over`;
  return `${payments.length} payments${left}\n\n${parts.join("\n")}`;
}
