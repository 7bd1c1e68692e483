import type { Cipher } from "../../cipher.ts";
import type { BankLine } from "./parse/statement.ts";

/** A line of a statement without problems: nothing that matters is missing. */
export interface SoundLine extends BankLine {
  date: string;
  amount: bigint;
}

export interface IdentifiedLine extends SoundLine {
  identity: string;
}

/**
 * What tells a line from every other line of its account, so that a file that repeats it adds nothing: the bank's own
 * number where it gives one, else everything it says, each with day and amount; and of lines that are equal in that
 * (two payments of one amount on one day), which of them it is. Keyed, because it holds names.
 */
export function identify(lines: readonly SoundLine[], cipher: Cipher): IdentifiedLine[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const key = keyOf(line);
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return { ...line, identity: cipher.fingerprint(`bank line ${ordinal} ${key}`) };
  });
}

function keyOf(line: SoundLine): string {
  const { bankReference, counterparty, counterpartyAccount, reference, text } = line;
  const said =
    bankReference === undefined
      ? [counterparty, counterpartyAccount, reference, text].map((one) => one ?? null)
      : [bankReference];
  return JSON.stringify([line.date, String(line.amount), ...said]);
}
