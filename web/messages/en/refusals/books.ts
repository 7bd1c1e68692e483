import type { ProblemText } from "../../zh/problems.ts";
import type { booksRefusals as chinese } from "../../zh/refusals/books.ts";

const AGAIN = "Check it and fill it in again.";

export const booksRefusals: Record<keyof typeof chinese, ProblemText> = {
  EntryPostingsMissing: ["Nothing is posted", AGAIN],
  EntryPostingsUnbalanced: ["Debit and credit differ", "They must agree to the fen."],
  EntryAccountUnknown: ["There is no such account", AGAIN],
  EntryAccountTwice: ["An account stands twice", "Make it one line."],
  EntryAmountInvalid: ["The amount is wrong", "Not zero, and at most two decimals."],
  EntryFundMixed: ["The two funds are mixed", "Make an entry in each."],
  EntryKindDiffers: ["The accounts do not suit the kind of entry", AGAIN],
  EntryUnitsMissing: ["The units’ shares are missing", "The owners’ part goes down to each unit."],
  EntryUnitsUnexpected: ["Units have no part in this", "Leave their shares away."],
  EntryUnitTwice: ["A unit stands twice", AGAIN],
  EntryUnitSignsMixed: ["Units move both ways", "In one entry all gain or all bear."],
  EntryUnitsDiffer: ["The units do not add up to the total", "They must agree to the fen."],
  EntryUnitUnknown: ["Some units are not on the roll", "Write them as the roll does."],
  EntryDateAhead: ["The date is wrong", "Not ahead of today, nor before it happened."],
  EntryOverdraws: ["There is not enough money", "Check amounts and order."],
  EntryUnitOverdrawn: [
    "Some units have not enough",
    "Let them top up first, or the owners decide.",
  ],
  EntryNotFound: ["There is no such entry", "Reload the page."],
  EntryReversed: ["It was taken back already", "An entry is reversed once."],
  EntryNotReversible: ["A reversal cannot be reversed", "Enter what is right anew."],
  PeriodClosed: ["This period is closed", "Enter it in the next, with the day it happened."],
  EntryDateBefore: ["The reversal is before its original", "Take that day or a later one."],
  EntrySpreadMissing: [
    "How the units share in it is missing",
    "By area, by balance, or each unit.",
  ],
  ScheduleDiffers: ["The schedule and the units’ shares differ", "Make the schedule anew."],
  ScopeEmpty: ["There are no units in the charge scope", "Choose another scope."],
  ScopeUnknown: [
    "The scope names what there is not",
    "Write buildings and units as the roll does.",
  ],
  FactorInvalid: ["A factor is wrong", "At most six decimals, and for units of the scope only."],
  WeightZero: ["There is no area to share by", "Check areas and factors."],
  PeriodNotOver: ["The period is not over", "Wait until its last day has passed."],
  PeriodNotFound: ["There is no such period", "Choose one of the closed periods."],
  ProjectsNone: [
    "There is no repair project yet",
    "There will be something here once one has begun.",
  ],
  PeriodEmpty: ["There is no entry yet", "Enter something first."],
  PeriodDraftsWaiting: [
    "Entries of the period wait for a second officer",
    "Confirm or withdraw them first.",
  ],
  DraftNotFound: ["There is no such draft", "Reload the page."],
  DraftClosed: ["It is done or was withdrawn", "Reload the page."],
  DraftConfirmerSame: ["You entered it yourself", "Another officer must confirm it."],
  BalancesLinesOpen: ["Bank lines up to that day are not settled", "Reconcile them first."],
  SettingsMissing: ["There is no such rule yet", "Enter what the owners decided first."],
  IncomeShareNothing: [
    "There is no income to share in that period",
    "The rule’s threshold was not reached.",
  ],
  IncomeShareDone: ["The period’s share was given", "Reverse it first if it is wrong."],
  IncomeSharePeriodInvalid: [
    "No period begins on that day",
    "Quarter, half-year or year, as the rule says.",
  ],
  DepositListInvalid: [
    "The list has errors; nothing was entered",
    "Correct the lines named and upload it again.",
  ],
  UnitNotFound: ["There is no such unit, or it is not yours", "Check the unit."],
};
