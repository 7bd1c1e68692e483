import type { dispute as zh } from "../zh/dispute.ts";

/** What the page says about dispute files. */
export const dispute: typeof zh = {
  title: {
    ballot: "My ballot is missing or wrong? Make a dispute file",
    noBallot: "This flat did not vote, and that is to be shown? Make a dispute file",
    entry: "This entry is wrong? Make a dispute file",
  },
  intro: {
    ballot:
      "Puts your claim, this receipt and the meeting’s public evidence into one file. The residents’ committee, the subdistrict office, a court or anybody can check it by themselves; it says whether the claim is upheld, refuted or cannot be decided, and what you can do next.",
    noBallot:
      "Puts your claim, your flat’s line of the roll and the meeting’s public evidence into one file. Anybody can check by themselves whether a ballot of this flat stands in the count.",
    entry:
      "Puts your claim and the public evidence of this entry into one file: record, apportionment, approvals, contract, motion. Anybody can compute it all again; the file says whether the claim is upheld, refuted or cannot be decided, and what you can do next.",
  },
  holds: {
    ballot:
      "The file holds your choices. It is made on this device and sent to nobody; only those to whom you give it see it.",
    noBallot:
      "The file holds your flat’s number and your voter number, so that it shows whether the flat voted. It is made on this device and sent to nobody.",
    entry: "The file holds what is public and what you add.",
  },
  unit: "For which flat",
  says: "What you want to add (optional; it goes into the file as it is)",
  make: "Make the dispute file",
  making: "Being made …",
  saved: (name: string) => `Saved as ${name}.`,
  check: "Check it on this device",
  choose: "Choose a dispute file (.zip)",
  chooseTitle: "Check a dispute file",
  chooseIntro:
    "A dispute file that somebody gave you can be checked here too; the verifier.html within it verifies and decides it offline.",
  noClaim:
    "There is no claim in this file: it is an ordinary evidence bundle. Check it on the meeting’s page “recount”.",
  disagree:
    "Something does not agree, within the evidence or between it and the claim. Each difference is listed with what was expected and what was found.",
  follows: "What follows",
  shown: "The ballot that stands",
  byKey: (batch: number, key: string) => `Batch ${batch}, signed by key ${key}`,
  onPaper: (batch: number) => `Batch ${batch}, on paper`,
  until: (block: string, time: string) =>
    `Decided by what there was up to block ${block} (${time}).`,
};
