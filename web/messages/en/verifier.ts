import { TRUST_WORDS } from "../../../protocol/verify/bundle/trustWords.ts";
import type { verifier as zh } from "../zh/verifier.ts";

export const verifier: typeof zh = {
  title: "Evidence check",
  product: "Mingzhang",
  intro:
    "This page checks a file of evidence (.zip). It runs on your device, uses no network, needs nothing installed, and does not ask you to trust whoever made the file.",
  choose: "Choose an evidence file",
  chooseFolder: "or choose a folder that it was unpacked to",
  drop: "You can also drop the file here",
  other: "Check another one",
  print: "Print",
  language: "中文",
  textSize: "Text size",
  sizes: { a: "normal", aa: "large", aaa: "very large" },
  reading: "Reading the file…",
  verifying: "Checking ballot by ballot…",
  signatures: (done, all) => `${done} of ${all} ballots checked`,
  took: (seconds) => `took ${seconds} s`,
  refusedTitle: "This file cannot be checked",
  faults: {
    notAnArchive: "It is not a file of evidence (.zip).",
    unsafeName: "It holds a name that is not allowed, and was not opened.",
    duplicateName: "It holds two files of one name, and was not opened.",
    tooLarge: "It would be too large when unpacked, and was not opened.",
    damaged: "It is damaged, or its structure was tampered with.",
    noManifest: "It has no list of files (manifest.json): it is no evidence of this service.",
    badManifest: "Its list of files cannot be read.",
  },
  fault: "The check did not finish. Please try a newer browser.",
  about: "About this evidence",
  scopes: {
    meeting: (n) => `Assembly meeting ${n}`,
    community: "Everything that this community published",
  },
  community: "Community",
  subject: "Subject",
  meetingTitle: "Title of the meeting",
  until: "Up to",
  agree:
    "This evidence is consistent: the roll, every signature, every ballot and every sum were worked out again.",
  disagree:
    "Something in this evidence does not agree. Each difference is listed with what was expected and what was found.",
  pending: "What there is agrees; the rest has not happened yet.",
  cannot: "No contradiction was found, but something could not be checked; it is listed below.",
  restsOn: "Which block this rests on",
  block: (number, time) => `Block ${number}, ${time}`,
  reasons: TRUST_WORDS.en,
  validators: (n) =>
    `The blocks name ${n} validators. If you know their addresses, you can check the seals here:`,
  validatorsLabel: "Addresses of the validators, one a line",
  validatorsCheck: "Check the seals",
  result: "Result of the recount",
  meeting: (n) => `Meeting ${n}`,
  motion: (n, item) => `Motion ${n} (Civil Code Art. 278, item ${item})`,
  outcomes: {
    Adopted: "Adopted",
    NotAdopted: "Not adopted",
    QuorumNotReached: "Quorum not reached",
  },
  participating: "Taking part",
  choices: { for: "For", against: "Against", abstain: "Abstain", invalid: "Invalid" },
  whole: "Whole roll",
  heads: "Heads",
  area: "Area (m²)",
  trustThisPage:
    "This page came with the evidence. If you fear that it was tampered with as well, take the page from a place that you trust, or use the command npx mingzhang verify --bundle; both should come to the same verdict.",
};
