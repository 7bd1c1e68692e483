import { expect } from "chai";
import fc from "fast-check";
import { findFlags } from "../../../../protocol/fund/flag/find.ts";
import type {
  FlagFormula,
  FlagPayment,
  FlagProject,
} from "../../../../protocol/fund/flag/input.ts";
import {
  DEFAULT_FLAG_RULES,
  FLAG_WORDS,
  flagRulesSchema,
} from "../../../../protocol/fund/flag/rules.ts";
import type { FlagRules } from "../../../../protocol/fund/flag/rules.ts";
import { FLAG_FORMULAS } from "../../../../protocol/anchor/record/kinds.ts";

const pay = (name: string, fields: Partial<FlagPayment> = {}): FlagPayment => ({
  ...{ name, record: null, date: "2024-03-01", amountFen: 100n, payee: null, account: null },
  ...{ invoices: [], transaction: null },
  ...fields,
});

const project = (fields: Partial<FlagProject>): FlagProject => ({
  ...{ name: "project 1", record: 7, budgetFen: null, contractFen: null, paidFen: 0n },
  ...{ adoptedOn: null, contractedOn: null, startedOn: null, isEmergency: false },
  ...fields,
});

const RULES: FlagRules = {
  ...DEFAULT_FLAG_RULES,
  amountsSplit: { threshold: "1000", fromPermille: 500, withinDays: 10 },
  firstPayment: { from: "500" },
  emergencyLarge: { from: "1000" },
};

/** Names of the inputs of every flag of one formula. */
function found(
  formula: FlagFormula,
  inputs: { payments?: FlagPayment[]; projects?: FlagProject[] },
  rules = RULES,
) {
  return findFlags({ payments: [], projects: [], ...inputs }, rules)
    .filter((flag) => flag.formula === formula)
    .map((flag) => flag.inputs.map(({ name }) => name));
}

describe("flags", () => {
  it("have words and parameters for every formula", () => {
    expect(Object.keys(FLAG_WORDS).sort()).to.deep.equal([...FLAG_FORMULAS].sort());
    expect(flagRulesSchema.parse(DEFAULT_FLAG_RULES)).to.deep.equal(DEFAULT_FLAG_RULES);
  });

  describe("invoiceReused", () => {
    const invoice = (number: string | null, file: string | null = null) => ({
      invoices: [{ number, file }],
    });

    it("finds one file behind two payments, whoever is paid", () => {
      const payments = [
        pay("a", { ...invoice("1", "0xaa"), payee: "甲" }),
        pay("b", { ...invoice("2", "0xaa"), payee: "乙" }),
      ];
      expect(found("invoiceReused", { payments })).to.deep.equal([["a", "b"]]);
    });

    it("finds one number of one payee twice, and leaves the same number of two payees alone", () => {
      const payments = ["甲", "乙", "甲"].map((payee, i) =>
        pay(`p${i}`, { ...invoice("2024001"), payee }),
      );
      expect(found("invoiceReused", { payments })).to.deep.equal([["p0", "p2"]]);
    });

    it("is one flag where file and number agree, and none for payments without an invoice", () => {
      const same = { ...invoice("1", "0xaa"), payee: "甲" };
      expect(found("invoiceReused", { payments: [pay("a", same), pay("b", same)] })).to.have.length(
        1,
      );
      expect(found("invoiceReused", { payments: [pay("a"), pay("b")] })).to.deep.equal([]);
    });

    it("does not take two mentions within one payment for two", () => {
      const twice = {
        invoices: [
          { number: "1", file: "0xaa" },
          { number: "1", file: "0xaa" },
        ],
      };
      expect(
        found("invoiceReused", { payments: [pay("a", { ...twice, payee: "甲" })] }),
      ).to.deep.equal([]);
    });
  });

  describe("accountReused", () => {
    it("finds one account under two names, by the first payment under each", () => {
      const payments = ["甲公司", "乙公司", "甲公司"].map((payee, i) =>
        pay(`p${i}`, { account: "6222", payee }),
      );
      expect(found("accountReused", { payments })).to.deep.equal([["p0", "p1"]]);
    });

    it("takes names that differ in width, case, spaces and stops for one", () => {
      const payments = ["Anshun Lifts Ltd.", "ANSHUN  LIFTS LTD", "Ａｎｓｈｕｎ Lifts Ltd"].map(
        (payee, i) => pay(`p${i}`, { account: "6222", payee }),
      );
      expect(found("accountReused", { payments })).to.deep.equal([]);
    });
  });

  describe("amountsSplit", () => {
    const to = (name: string, amountFen: bigint, date = "2024-03-01", payee = "甲") =>
      pay(name, { amountFen, date, payee });

    it("finds payments just under the threshold that reach it together within the days", () => {
      expect(
        found("amountsSplit", { payments: [to("a", 600n), to("b", 600n, "2024-03-11")] }),
      ).to.deep.equal([["a", "b"]]);
      expect(
        found("amountsSplit", { payments: [to("a", 600n), to("b", 600n, "2024-03-12")] }),
      ).to.deep.equal([]);
    });

    it("leaves alone a whole payment, small ones, another payee and what does not reach the threshold", () => {
      expect(found("amountsSplit", { payments: [to("a", 1000n), to("b", 1000n)] })).to.deep.equal(
        [],
      );
      expect(
        found("amountsSplit", { payments: Array.from({ length: 9 }, (_, i) => to(`p${i}`, 499n)) }),
      ).to.deep.equal([]);
      expect(
        found("amountsSplit", { payments: [to("a", 600n), to("b", 600n, undefined, "乙")] }),
      ).to.deep.equal([]);
      expect(found("amountsSplit", { payments: [to("a", 999n)] })).to.deep.equal([]);
      const rules = {
        ...RULES,
        amountsSplit: { ...RULES.amountsSplit, threshold: "1500", fromPermille: 300 },
      };
      expect(
        found("amountsSplit", { payments: [to("a", 500n), to("b", 500n)] }, rules),
      ).to.deep.equal([]);
    });

    it("puts a payment into one group only, and finds the next group after it", () => {
      const days = ["2024-03-01", "2024-03-05", "2024-03-10", "2024-04-01", "2024-04-02"];
      const payments = days.map((day, i) => to(`p${i}`, 600n, day));
      expect(found("amountsSplit", { payments })).to.deep.equal([
        ["p0", "p1", "p2"],
        ["p3", "p4"],
      ]);
    });
  });

  it("firstPayment finds the first to each payee, from an amount on, and no refund", () => {
    const payments = [
      pay("b", { date: "2024-03-02", payee: "甲", amountFen: 900n }),
      pay("a", { date: "2024-03-01", payee: "甲", amountFen: 600n }),
      pay("c", { payee: "乙", amountFen: 499n }),
      pay("d", { payee: "丙", amountFen: -600n }),
      pay("e", { payee: null, amountFen: 600n }),
    ];
    expect(found("firstPayment", { payments })).to.deep.equal([["a"]]);
  });

  it("transactionRepeated finds one number twice, and not equal payee, day and amount alone", () => {
    const same = { payee: "甲", amountFen: 600n };
    const payments = [
      pay("a", { ...same, transaction: "T1" }),
      pay("b", { ...same, transaction: "T1" }),
      pay("c", { ...same, transaction: "T2" }),
    ];
    expect(found("transactionRepeated", { payments })).to.deep.equal([["a", "b"]]);
    const none = [pay("a", same), pay("b", same), pay("c", { ...same, transaction: " " })];
    expect(found("transactionRepeated", { payments: none })).to.deep.equal([]);
  });

  describe("of projects", () => {
    it("overBudget tells any fen more, by contract or by payments, and heeds the tolerance", () => {
      const at = (contractFen: bigint, paidFen: bigint, abovePermille = 0) =>
        found(
          "overBudget",
          { projects: [project({ budgetFen: 1000n, contractFen, paidFen })] },
          { ...RULES, overBudget: { abovePermille } },
        );
      expect(at(1000n, 1000n)).to.deep.equal([]);
      expect(at(1001n, 0n)).to.deep.equal([["project 1"]]);
      expect(at(0n, 1001n)).to.deep.equal([["project 1"]]);
      expect(at(1100n, 0n, 100)).to.deep.equal([]);
      expect(at(1101n, 0n, 100)).to.deep.equal([["project 1"]]);
    });

    it("startBeforeVote tells a contract or work before the adoption, or without any", () => {
      const at = (fields: Partial<FlagProject>) =>
        found("startBeforeVote", { projects: [project(fields)] }).length;
      expect(at({ adoptedOn: "2024-03-02", startedOn: "2024-03-01" })).to.equal(1);
      expect(
        at({ adoptedOn: "2024-03-02", startedOn: "2024-03-05", contractedOn: "2024-03-01" }),
      ).to.equal(1);
      expect(at({ adoptedOn: "2024-03-02", startedOn: "2024-03-02" })).to.equal(0);
      expect(at({ startedOn: "2024-03-02" })).to.equal(1);
      expect(at({})).to.equal(0);
      expect(at({ startedOn: "2024-03-02", isEmergency: true })).to.equal(0);
    });

    it("emergencyLarge tells an emergency from an amount on", () => {
      const at = (fields: Partial<FlagProject>) =>
        found("emergencyLarge", { projects: [project(fields)] }).length;
      expect(at({ isEmergency: true, contractFen: 1000n })).to.equal(1);
      expect(at({ isEmergency: true, paidFen: 1000n })).to.equal(1);
      expect(at({ isEmergency: true, contractFen: 999n })).to.equal(0);
      expect(at({ contractFen: 5000n, adoptedOn: "2024-01-01" })).to.equal(0);
    });
  });

  it("name the same inputs in whatever order these come, and carry no name of a payee", () => {
    const payment = fc.record({
      payee: fc.constantFrom("甲某", "乙某"),
      account: fc.constantFrom("x", "y", null),
      transaction: fc.constantFrom("T1", "T2", null),
      amountFen: fc.bigInt({ min: 400n, max: 1200n }),
      date: fc.constantFrom("2024-03-01", "2024-03-08", "2024-03-20"),
    });
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 8 }), fc.nat(7), (drawn, turn) => {
        const payments = drawn.map((fields, i) => pay(`p${i}`, fields));
        const turned = [...payments.slice(turn), ...payments.slice(0, turn)];
        const texts = [payments, turned].map((own) =>
          findFlags({ payments: own, projects: [] }, RULES)
            .map(({ key, inputs, figures }) => JSON.stringify([key, inputs, figures]))
            .sort(),
        );
        expect(texts[0]).to.deep.equal(texts[1]);
        for (const { inputs, figures } of findFlags({ payments, projects: [] }, RULES)) {
          expect(JSON.stringify([inputs, figures])).not.to.match(/某/);
        }
      }),
    );
  });
});
