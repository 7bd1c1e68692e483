import type { Flag, FlagPayment } from "./input.ts";
import type { FlagRules } from "./rules.ts";

type Found = Omit<Flag, "formula" | "parameters">;

const byDay = (a: FlagPayment, b: FlagPayment): number => {
  const [left, right] = [`${a.date} ${a.name}`, `${b.date} ${b.name}`];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Names that differ in width, case, spaces and stops only are one payee. */
export const payeeKey = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s.,·]+/g, "");

const payeeOf = ({ payee }: FlagPayment): string | undefined => {
  const key = payeeKey(payee ?? "");
  return key === "" ? undefined : key;
};

/** Payments by something that they share; those without it are left out. */
function groupBy(
  payments: readonly FlagPayment[],
  keysOf: (payment: FlagPayment) => readonly (string | undefined)[],
): Map<string, FlagPayment[]> {
  const groups = new Map<string, FlagPayment[]>();
  for (const payment of payments.toSorted(byDay)) {
    for (const key of new Set(keysOf(payment))) {
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(payment);
      else groups.set(key, [payment]);
    }
  }
  return groups;
}

const toInputs = (payments: readonly FlagPayment[]) =>
  payments.map(({ name, record }) => ({ name, record }));

const namesOf = (payments: readonly FlagPayment[]): string =>
  payments.map(({ name }) => name).join(", ");

const sumOf = (payments: readonly FlagPayment[]): bigint =>
  payments.reduce((sum, { amountFen }) => sum + amountFen, 0n);

function toFound(payments: readonly FlagPayment[], figures: Found["figures"] = {}): Found {
  const key = namesOf(payments);
  const common = { payments: payments.length, amount: String(sumOf(payments)) };
  return { key, inputs: toInputs(payments), figures: { ...common, ...figures } };
}

/** Payments that name the same invoice, by file or by number and payee; found once where both agree. */
export function findInvoiceReused(payments: readonly FlagPayment[]): Found[] {
  const groups = groupBy(payments, (payment) =>
    payment.invoices.flatMap(({ number, file }) => [
      file === null ? undefined : `file ${file}`,
      number === null ? undefined : `number ${number.trim()} of ${payeeOf(payment) ?? "?"}`,
    ]),
  );
  const repeated = [...groups.values()].filter((own) => own.length > 1);
  const byNames = new Map(repeated.map((own) => [namesOf(own), own]));
  return [...byNames.values()].map((own) => toFound(own));
}

export function findAccountReused(payments: readonly FlagPayment[]): Found[] {
  const groups = groupBy(payments, ({ account }) => [account ?? undefined]);
  return [...groups.values()].flatMap((own) => {
    const names = groupBy(own, (payment) => [payeeOf(payment)]);
    if (names.size < 2) return [];
    // The first payment under each name says it; more payments under a known name say nothing new.
    const firsts = [...names.values()].map(([first]) => first!).sort(byDay);
    return [toFound(firsts, { names: names.size })];
  });
}

export function findTransactionRepeated(payments: readonly FlagPayment[]): Found[] {
  const groups = groupBy(payments, ({ transaction }) => [transaction?.trim() || undefined]);
  return [...groups.values()]
    .filter((own) => own.length > 1)
    .map((own) => ({ ...toFound(own), key: `${own[0]!.transaction} ${namesOf(own)}` }));
}

const DAY_MS = 86_400_000;
const daysBetween = (a: FlagPayment, b: FlagPayment): number =>
  (Date.parse(b.date) - Date.parse(a.date)) / DAY_MS;

/** From the earliest payment on: all that follow within the days make one group, and the next begins after it. */
export function findAmountsSplit(
  payments: readonly FlagPayment[],
  { threshold, fromPermille, withinDays }: FlagRules["amountsSplit"],
): Found[] {
  const limit = BigInt(threshold);
  const under = payments.filter(
    ({ amountFen }) => amountFen < limit && amountFen * 1000n >= limit * BigInt(fromPermille),
  );
  const groups = groupBy(under, (payment) => [payeeOf(payment)]);
  return [...groups.values()].flatMap((own) => splitWindows(own, { limit, withinDays }));
}

function splitWindows(
  own: readonly FlagPayment[],
  { limit, withinDays }: { limit: bigint; withinDays: number },
): Found[] {
  const found: Found[] = [];
  let start = 0;
  while (start < own.length) {
    const from = own[start]!;
    const length = own.slice(start).filter((one) => daysBetween(from, one) <= withinDays).length;
    const group = own.slice(start, start + length);
    const reaches = group.length > 1 && sumOf(group) >= limit;
    if (reaches) found.push(toFound(group, { from: from.date, to: group.at(-1)!.date }));
    start += reaches ? length : 1;
  }
  return found;
}

export function findFirstPayment(
  payments: readonly FlagPayment[],
  { from }: FlagRules["firstPayment"],
): Found[] {
  const out = payments.filter(({ amountFen }) => amountFen > 0n);
  const groups = groupBy(out, (payment) => [payeeOf(payment)]);
  return [...groups.values()]
    .map(([first]) => first!)
    .filter(({ amountFen }) => amountFen >= BigInt(from))
    .map((first) => toFound([first]));
}
