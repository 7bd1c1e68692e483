import {
  type FundTamper,
  type Said,
  changeDocument,
  changeRecord,
  numbered,
} from "./fundTampering.ts";

/** What has the right form and the right sums and is against a rule all the same, and the check that names it. */
export const RULE_TAMPERS: readonly FundTamper[] = [
  [
    "what takes an entry back and is no reversal",
    "entryReversal 6",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.reverses = 7), numbered(6));
    },
  ],
  [
    "the reason of a reversal",
    "entryReversal 5",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.reason = null), numbered(5));
    },
  ],
  [
    "a transfer of one unit that is of more",
    "entrySound 10",
    (copy) => {
      const transfer = { kind: "transferOfUnit", postings: [] };
      changeRecord(
        copy,
        "entry",
        (said) => {
          Object.assign(said, transfer);
          for (const building of said.units.buildings) building.amount = "0";
        },
        numbered(10),
      );
    },
  ],
  [
    "a unit of a scope that there is not",
    "entrySchedule 7",
    (copy) => {
      const of = (said: Said) => said.units.schedule;
      const place = { type: "entry", of, isWanted: numbered(7) } as const;
      changeDocument(copy, place, (schedule) => {
        const units = schedule.units.map(({ unit }: Said) => unit);
        schedule.scope = { kind: "units", units: [...units, "9-9-901"] };
      });
    },
  ],
  [
    "a share of public income that was given before",
    "incomeShare 9",
    (copy) => {
      const given = { kind: "incomeShare", source: "incomeShare 2026-10-01/2026-12-31" };
      changeRecord(copy, "entry", (said) => Object.assign(said, given), numbered(4));
    },
  ],
  [
    "a line of which nobody has said what it is",
    "balancesBank 1",
    (copy) => {
      changeRecord(copy, "reconciliation", (said) => (said.lines = []), numbered(1));
      changeRecord(copy, "balances", (said) => said.bank.lines.unshift({ account: 1, line: 1 }));
    },
  ],
  [
    "a second entry that calls itself the same payment",
    "paymentOnChain entries",
    (copy) => {
      const same = { source: "payment 1", author: null, confirmer: null };
      changeRecord(copy, "entry", (said) => Object.assign(said, same), numbered(4));
    },
  ],
  [
    "a second record of the same payment, with an entry of its own",
    "paymentOnChain projects",
    (copy) => {
      const { text } = copy.records.find((each) => each.text.includes('"type":"projectPayment"'))!;
      const again = text.replace('"payment":1,', '"payment":9,');
      const index = copy.records.at(-1)!.index + 1;
      copy.records.push({ index, text: again.replace(/"entry":\d+/, '"entry":4') });
    },
  ],
];
