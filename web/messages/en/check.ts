import type { LaterMessages } from "../zh-later.ts";
import { claimChecks } from "./claim-report.ts";
import { fundChecks } from "./fund-report.ts";
import { report } from "./report.ts";

export const check: LaterMessages["check"] = {
  ...report,
  names: { ...report.names, ...claimChecks, ...fundChecks },
  ballot: {
    title: "Check my ballot",
    intro:
      "Checked with nothing but your receipt and the chain. The page reads the chain itself and believes nothing that this service says.",
    choose: "Choose a receipt file",
    stored: "Receipts on this device",
    node: "Node to read the chain from",
    nodeHint: "You may name another node of the same chain; empty reads through this service.",
    nodesKnown: (nodes) =>
      `The browser lets this page reach only the nodes that the service lists: ${nodes}. The command line can use any.`,
    nodesNone:
      "The service lists no other node, so the browser lets this page reach none; the command line can use any.",
    nodeDefault: "through this service",
    nodeOther: "Address of another node",
    run: "Check",
    running: "Reading the chain…",
    agree: "Your ballot is sealed on chain, exactly as your receipt says.",
    agreeCounted: "Your ballot was counted as you cast it.",
    agreeUncounted: (reason) => `Your ballot is on chain but was not counted: ${reason}.`,
    notOpened: "Not counted yet. Come back after closing to see that it was.",
    disagree:
      "Your ballot does not match the chain. Keep your receipt and tell the residents’ committee.",
    cannot: "Your ballot cannot be checked right now.",
  },
  codes: {
    counted: "counted",
    unknownKey: "the key is not on the roll",
    revokedKey: "the key was revoked before closing",
    badSignature: "the signature does not verify",
    unknownOption: "an answer is not an option",
    superseded: "another ballot of this owner stands",
    lapsed: "its batch was never opened in time",
  },
  recount: {
    title: "Recount",
    intro:
      "Your device downloads the public record, reads the chain itself, and works out the roll, every signature, every ballot and the result from the beginning.",
    start: "Start the recount",
    again: "Recount again",
    stop: "Stop",
    reads: (n) => `${n} items read`,
    signatures: (done, all) => `${done} of ${all} ballots checked`,
    running: "Recounting…",
    steps: {
      load: "Downloading the public record",
      chain: "Reading the chain",
      verify: "Checking signatures and counting",
    },
    agree: "The recount gives exactly the published result.",
    disagree: "The recount does not give the published result. Each difference is listed below.",
    cannot: "No contradiction was found, but something could not be checked.",
    pending: "The meeting is not fully counted yet; what there is was checked.",
    ballots: (n) => `${n} ballots checked one by one`,
    figures: "What this device counted",
    fromFile: "You can also check an evidence file that someone gave you",
    chooseFile: "Choose an evidence file",
    took: (seconds) => `took ${seconds} s`,
  },
};
