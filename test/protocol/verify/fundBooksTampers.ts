import {
  type FundTamper,
  type Said,
  addFen,
  changeDocument,
  changeRecord,
  flip,
  flipDocument,
  numbered,
} from "./fundTampering.ts";

/** From the second posting to the first, so that the entry still balances. */
const moveFen = (said: Said): void => {
  said.postings[0].amount = addFen(said.postings[0].amount, 1n);
  said.postings[1].amount = addFen(said.postings[1].amount, -1n);
};
const scheduleOf = (said: Said) => said.units.schedule;
/** What may be altered in the books, and the check that names it. */
export const BOOKS_TAMPERS: readonly FundTamper[] = [
  [
    "one fen of a posting",
    "entrySound 2",
    (copy) => {
      changeRecord(
        copy,
        "entry",
        (said) => {
          said.postings[0].amount = addFen(said.postings[0].amount, 1n);
        },
        numbered(2),
      );
    },
  ],
  [
    "one fen of both postings",
    "periodFigures 1",
    (copy) => changeRecord(copy, "entry", moveFen, numbered(3)),
  ],
  [
    "one fen from building to building",
    "balancesBuilding 1/1",
    (copy) => {
      changeRecord(
        copy,
        "entry",
        (said) => {
          const [a, b] = said.units.buildings;
          a.amount = addFen(a.amount, 1n);
          b.amount = addFen(b.amount, -1n);
        },
        numbered(6),
      );
    },
  ],
  [
    "the number of an entry",
    "entryNumber",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.number = 40), numbered(4));
    },
  ],
  [
    "who confirmed an entry",
    "entryOfficers 4",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.confirmer = said.author), numbered(4));
    },
  ],
  [
    "which entry is taken back",
    "entryReversal 5",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.reverses = 1), numbered(5));
    },
  ],
  [
    "a second reversal of an entry",
    "entryReversal 5",
    (copy) => {
      changeRecord(
        copy,
        "entry",
        (said) => {
          Object.assign(said, { kind: "reversal", reverses: 2, reason: "再来一次" });
        },
        numbered(6),
      );
    },
  ],
  [
    "a day in the closed period",
    "entryDay 1",
    (copy) => {
      const index = copy.records.findIndex(({ text }) => text.includes('"type":"period"'));
      const [period] = copy.records.splice(index, 1);
      copy.records.unshift({ ...period!, index: -1 });
    },
  ],
  [
    "one byte of a schedule",
    "entrySchedule 2",
    (copy) => {
      flipDocument(copy, "entry", (said) => said.units?.schedule);
    },
  ],
  [
    "one fen of a unit in a schedule, its hash with it",
    "entrySchedule 2",
    (copy) => {
      changeDocument(
        copy,
        { type: "entry", of: (said) => said.units.schedule, isWanted: numbered(2) },
        (schedule) => {
          schedule.units[0].amount = addFen(schedule.units[0].amount, 1n);
          schedule.units[1].amount = addFen(schedule.units[1].amount, -1n);
        },
      );
    },
  ],
  [
    "the area of a unit in a schedule, its hash with it",
    "entrySchedule 2",
    (copy) => {
      changeDocument(
        copy,
        { type: "entry", of: (said) => said.units.schedule, isWanted: numbered(2) },
        (schedule) => {
          schedule.units[0].area = "98.6";
        },
      );
    },
  ],
  [
    "who bears a payment, its hash with it",
    "paymentShared 1",
    (copy) => {
      const place = { type: "entry", of: scheduleOf, isWanted: numbered(7) } as const;
      changeDocument(copy, place, (schedule) => schedule.units.pop());
    },
  ],
  [
    "the closing of a period",
    "periodFigures 1",
    (copy) => {
      changeRecord(copy, "period", (said) => {
        said.funds[0].closing = addFen(said.funds[0].closing, 1n);
      });
    },
  ],
  [
    "the first day of a period",
    "periodSpan 1",
    (copy) => {
      changeRecord(copy, "period", (said) => (said.from = "2020-01-01"));
    },
  ],
  [
    "an entry's leaf in a statement, its hash with it",
    "periodStatement 1",
    (copy) => {
      changeDocument(copy, { type: "period", of: (said) => said.statement }, (statement) => {
        statement.entries[0].leaf = flip(statement.entries[0].leaf, 5);
      });
    },
  ],
  [
    "who closed a period",
    "periodOfficers 1",
    (copy) => {
      changeRecord(copy, "period", (said) => (said.author = said.confirmer));
    },
  ],
  [
    "a building's node, its hash with it",
    "balancesRoot 1",
    (copy) => {
      changeDocument(copy, { type: "balances", of: (said) => said.buildings }, (nodes) => {
        nodes[0].sums.balance = addFen(nodes[0].sums.balance, 1n);
      });
    },
  ],
  [
    "what the balances come to",
    "balancesRoot 1",
    (copy) => {
      changeRecord(copy, "balances", (said) => (said.sums.used = addFen(said.sums.used, 1n)));
    },
  ],
  [
    "the ledger beside the balances",
    "balancesLedger 1",
    (copy) => {
      changeRecord(copy, "balances", (said) => (said.ledger.bank = addFen(said.ledger.bank, 1n)));
    },
  ],
  [
    "the bank beside the balances",
    "balancesBank 1",
    (copy) => {
      changeRecord(copy, "balances", (said) => (said.bank.balance = addFen(said.bank.balance, 1n)));
    },
  ],
  [
    "which entries make the difference",
    "balancesBank 1",
    (copy) => {
      changeRecord(copy, "balances", (said) => said.bank.entries.pop());
    },
  ],
  [
    "the closing of a bank statement",
    "bankStatement 1/1",
    (copy) => {
      changeRecord(copy, "statement", (said) => (said.closing = addFen(said.closing, 1n)));
    },
  ],
  [
    "a line of a bank statement, its hash with it",
    "bankStatement 1/1",
    (copy) => {
      changeDocument(copy, { type: "statement", of: (said) => said.lines }, (lines) => {
        lines[1].amount = addFen(lines[1].amount, 1n);
      });
    },
  ],
  [
    "which entry a line belongs to",
    "bankReconciliation 1",
    (copy) => {
      changeRecord(copy, "reconciliation", (said) => (said.entries = [2]), numbered(1));
    },
  ],
  [
    "which link is taken back",
    "bankReconciliation 4",
    (copy) => {
      changeRecord(copy, "reconciliation", (said) => (said.undoes = 1), numbered(4));
    },
  ],
  ...(["csv", "xlsx", "hledger", "beancount"] as const).map((form): FundTamper => [
    `one byte of a period's ${form}`,
    `periodExport 1/${form}`,
    (copy) => {
      const { bytes } = copy.exports.find((file) => file.form === form)!;
      bytes![bytes!.length - 40]! ^= 1;
    },
  ]),
  [
    "the title of a project, of which a service gives out another",
    "projectExport ocds",
    (copy) => {
      changeRecord(copy, "project", (said) => (said.title = "别的"));
    },
  ],
  [
    "the share of public income",
    "incomeShare 9",
    (copy) => changeRecord(copy, "entry", moveFen, numbered(9)),
  ],
  [
    "the rule of the share of public income",
    "incomeShare 9",
    (copy) => {
      changeRecord(copy, "fundSettings", (said) => (said.incomeShare.permille = 499));
    },
  ],
  [
    "a charge that follows from a payment, so that it follows from something else",
    "chargeDecided 7",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.source = "somebody"), numbered(7));
    },
  ],
  [
    "who decided the settings",
    "fundSettings 1",
    (copy) => {
      changeRecord(copy, "fundSettings", (said) => (said.confirmer = said.author));
    },
  ],
];
