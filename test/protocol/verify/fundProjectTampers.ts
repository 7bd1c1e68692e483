import {
  type FundTamper,
  type Said,
  changeDocument,
  changeRecord,
  flipEvent,
} from "./fundTampering.ts";

const EMERGENCY = 4;
const ofEmergency = (said: Said): boolean => said.project === EMERGENCY;
const paidBy = (payment: number) => (said: Said) => said.source === `payment ${payment}`;

/** What may be altered of the other projects (`fundProjects.ts`), and the check that names it. */
export const PROJECT_TAMPERS: readonly FundTamper[] = [
  [
    "the ground of an emergency",
    "reserveDecided 4",
    (copy) => {
      changeRecord(copy, "project", (said) => (said.ground = "fire"), ofEmergency);
    },
  ],
  [
    "the payee of an emergency's contract",
    "reserveDecided 4",
    (copy) => {
      const change = (said: Said) => (said.payee.name = "另一家公司");
      changeRecord(copy, "projectContract", change, ofEmergency);
    },
  ],
  [
    "by how much a contract may be above its budget",
    "reserveBudget 3",
    (copy) => flipEvent(copy, "RulesSet", 126),
  ],
  [
    "a factor by which a payment was shared out",
    "paymentShared 4",
    (copy) => {
      const of = (said: Said) => said.units.schedule;
      changeDocument(copy, { type: "entry", of, isWanted: paidBy(4) }, (schedule) => {
        schedule.rule.factors["2-1-201"] = "3";
      });
    },
  ],
  [
    "the fund of a payment of the public income",
    "paymentEntry 3",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.fund = "maintenance"), paidBy(3));
    },
  ],
  [
    "what the public income was credited with",
    "creditTotal income/0",
    (copy) => flipEvent(copy, "FundCredited", 63, 1),
  ],
  [
    "what was credited after payments",
    "creditTotal maintenance/2",
    (copy) => flipEvent(copy, "FundCredited", 63, 2),
  ],
];
