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
};
