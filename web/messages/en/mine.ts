import type { LaterMessages } from "../zh-later.ts";

export const mine: LaterMessages["mine"] = {
  title: "My household",
  intro:
    "Whether I am on the roll, with which area and key, and whether a ballot was cast in my name: seen here, and checked by this device.",
  noKey: "This device does not hold your signing key yet",
  noKeyCure: "Enrol with your invitation code to see and check your entry and your ballots.",
  notOnRoll: "You are not on the roll of this meeting. If in doubt, ask the registrar.",
  ballots: "Ballots that the service has recorded",
  none: "No ballot in your name is recorded.",
  states: {
    waiting: "waiting to be sealed",
    sealing: "being sealed",
    sealed: "sealed on chain",
    replaced: "replaced by a later one",
    late: "not sealed before closing",
    checked: "read alike by two tellers, waiting to be sealed",
  },
  batch: (n) => `batch ${n}`,
  counted: "counted",
  wrong: "Not yours, or one is missing?",
  object: "Object in public",
  proof: {
    title: "Checked by this device: was a ballot counted in my name?",
    intro:
      "This device works out your voter number from the roll lines of your units, then opens every sealed batch again, checks each signature, and looks for that number. No trust in this service is needed.",
    start: "Check now",
    voted: "One ballot was counted in your name.",
    notVoted: "No ballot was counted for this household.",
    how: (voter) =>
      `In the frozen roll your units lead to voter ${voter}; this device read roll, batches and signatures from the chain.`,
    lines: {
      unchecked: "Your roll lines are being checked.",
      unreadable: "The roll on chain cannot be read now, so nothing can be checked.",
      differ:
        "The roll lines that the service gave are not those of the frozen roll! Keep this page and tell the residents’ committee.",
    },
    open: {
      pending: "Not counted yet. Come back once voting has closed and the count is done.",
      fault: "Something disagrees or cannot be checked; see the list below.",
    },
  },
};
