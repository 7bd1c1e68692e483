import type { LaterMessages } from "../zh-later.ts";

const headsOf = (count: string): string => (count === "1" ? "1 head" : `${count} heads`);
const moreHeads = (count: string): string =>
  count === "1" ? "1 more head" : `${count} more heads`;
const fewerHeads = (count: string): string =>
  count === "1" ? "1 head fewer" : `${count} heads fewer`;

export const meeting: LaterMessages["meeting"] = {
  organiser: "Called by",
  redacted: "Redacted",
  contact: "Contact",
  scope: "Scope",
  notice: "Announced",
  opens: "Voting opens",
  closes: "Voting closes",
  extended: "The closing time has been extended",
  roll: "Totals of the roll",
  rollHint: "What every share is measured against; frozen and not to be changed.",
  motions: "Motions",
  motion: (n) => `Motion ${n}`,
  motionText: "Full text",
  plan: {
    fund: "Use of a fund",
    funds: { maintenance: "Maintenance fund", income: "Public income" },
    budget: "Budget",
    payee: "Payee",
    payeeText: (name, tail) => `${name}, account ending ${tail}`,
    scope: "Charge scope",
    byArea: (n) => `${n} units, shared out by area`,
    byFactor: (n) => `${n} units, shared out by area times each unit’s factor`,
  },
  attachments: "Attachments",
  ground: (item) => `Legal ground: Civil Code, Art. 278 para. 1 item ${item}`,
  items: [
    "",
    "Rules of procedure of the assembly",
    "Management covenant",
    "Electing or replacing the owners’ committee",
    "Appointing or dismissing the property manager",
    "Using the maintenance fund",
    "Raising the maintenance fund",
    "Altering or rebuilding buildings or facilities",
    "Changing the use of common parts, or using them for business",
    "Other major matters of common ownership",
  ],
  threshold: {
    ordinary:
      "Two thirds of heads and of area must take part; of those, more than half of heads and of area must be in favour.",
    special:
      "Two thirds of heads and of area must take part; of those, three quarters of heads and of area must be in favour.",
  },
  participation: "Participation",
  participationHint:
    "Only participation is shown. For, against and abstain are counted after closing.",
  quorum: "two thirds",
  quorumReached: "Enough have taken part",
  quorumMissing: (heads, area) => `${headsOf(heads)} and ${area}\u00a0m² short`,
  result: "Result",
  preliminary: "Preliminary result",
  final: "Final result",
  participating: "Taking part",
  choices: { for: "For", against: "Against", abstain: "Abstain", invalid: "Invalid" },
  margin: {
    title: "What would change the result",
    Adopted: (heads, area) =>
      `With ${fewerHeads(heads)}, or ${area}\u00a0m² fewer in favour, it would not be adopted.`,
    NotAdopted: (heads, area) =>
      `With the same participants, ${moreHeads(heads)} and ${area}\u00a0m² more in favour would adopt it.`,
    NotAdoptedHeads: (heads) =>
      `The area suffices. With the same participants, ${moreHeads(heads)} in favour would adopt it.`,
    NotAdoptedArea: (area) =>
      `The heads suffice. With the same participants, ${area}\u00a0m² more in favour would adopt it.`,
    QuorumNotReached: (heads, area) =>
      `${moreHeads(heads)} and ${area}\u00a0m² more would have to take part.`,
    QuorumNotReachedHeads: (heads) =>
      `The area suffices. ${moreHeads(heads)} would have to take part.`,
    QuorumNotReachedArea: (area) =>
      `The heads suffice. ${area}\u00a0m² more would have to take part.`,
  },
  originsTitle: "By way of voting",
  origins: {
    own: "Signed by the owner",
    paper: "Paper",
  },
  verify: "Check the result",
  recount: "Recount",
  verifySoFar: "Check what there is",
  skippedTitle: (n) => `Ballots not counted: ${n}`,
  skipped: (reason, n) => `${reason}: ${n}`,
  codes: {
    2: "key not on the roll",
    3: "key revoked before closing",
    4: "signature does not verify",
    5: "unknown option",
    6: "another ballot of the same owner stands",
  },
  recountHint:
    "Your device reads the chain, checks each signature and adds up again. No trust in this service is needed.",
  checkedHere: (at, block) => `Recounted on this device ${at}: it agrees (block ${block})`,
  shownDiffers: (at) => `This page shows something else than this device recounted ${at}!`,
  shownDiffersCure:
    "Keep a picture of this page, recount, and tell the residents’ committee and the subdistrict office.",
  bundle: "Download all evidence",
  bundleHint: "One file that can be checked offline.",
  voteNow: "Vote",
  voteAgain: "Vote again",
  voted: (at) => `Voted from this device (${at})`,
  myReceipt: "My receipt",
  ways: "What owners can do",
  mine: "My household: roll, key and ballots",
  talk: "Questions and public answers",
  object: "Object to the preliminary result, or ask",
  bulletin: "Official notice (to download and print)",
  documents: "Documents and proof",
  inRecord: (n) => `The notice is record ${n} of the public log. `,
  resultInRecord: (n) => `The result is record ${n}.`,
  files: (n) => `Texts of the motions and attachments (${n})`,
  batches: "Sealed batches",
  lapsed: (n) => `${n} were never opened in time and are listed as lapsed`,
  record: "Text of the notice",
  officialNote:
    "Whether a vote binds in law depends on local rules for electronic voting and on the community’s rules of procedure.",
};
