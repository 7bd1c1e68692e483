import type { LaterMessages } from "../zh-later.ts";

export const notice: LaterMessages["notice"] = {
  pdf: "Download for the board (A4, PDF)",
  proof: "Proof of this notice",
  proofHint:
    "Everything in the notice comes from published records. This device can check that they stand in the public log and that its head is on chain; whether the figures are right, a recount shows.",
  head: (size) => `Head of the public record (${size} records)`,
  noticeAgrees:
    "The notice shown here is word for word the one in the public log, and every document has the hash that it names.",
  checkNotice: "Check notice and documents",
  check: "Check the records",
  checking: "Reading the chain…",
  agree: "Every record behind this notice stands in the public log, whose head is on chain.",
  disagree: "Something disagrees or cannot be checked; see the list below.",
  recount: "Recount",
};
