import type { Messages } from "../zh.ts";

export const cards: Messages["cards"] = {
  stages: {
    announced: "Notice",
    voting: "Voting",
    counting: "Count",
    objection: "Objections",
    effective: "In force",
  },
  stageText: {
    announced: (at) => `Announced. Voting opens ${at}.`,
    voting: (at) =>
      `Voting is open until ${at}. Until then nobody can read how many are for or against.`,
    counting: "Voting has closed. Ballots are being opened and counted one by one.",
    objection: (at) => `Preliminary result. Objections are possible until ${at}.`,
    effective: (at) => `The result took effect ${at}.`,
  },
  outcomes: {
    Adopted: "Adopted",
    NotAdopted: "Not adopted",
    QuorumNotReached: "Quorum not reached",
  },
  takingPart: (heads, headsShare, area, areaShare) =>
    `${heads} taking part (${headsShare}), ${area} (${areaShare})`,
};
