import type { Messages } from "../zh.ts";

export const anchor: Messages["anchor"] = {
  title: "Public record",
  size: (n) => `${n} records`,
  first:
    "You see this record for the first time on this device. Its head is remembered and compared at your next visit.",
  unchanged: (since) => `Nothing you saw before (${since}) has changed.`,
  same: (since) => `Nothing was added since your last visit (${since}), and nothing has changed.`,
  changed: "Records that you saw before were changed or are missing!",
  changedCure:
    "Keep a picture of this page and tell the residents’ committee and the subdistrict office. These two heads contradict each other.",
  evidence: "Save both signed heads as evidence",
  cosigned: (names) => `Cosigned by witnesses: ${names}`,
  notCosigned: (names) => `Not yet cosigned by: ${names}`,
  unknown: "What you saw before cannot be compared right now",
  checking: "Comparing with what you saw last time…",
  seen: "Last seen",
  now: "Now",
  root: "Head",
  none: "Nothing has been published yet.",
  audit: "Check all records",
};
