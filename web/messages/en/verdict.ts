import type { verdict as chinese } from "../zh/verdict.ts";

export const verdict: typeof chinese = {
  words: {
    consistent: "Consistent",
    inconsistent: "Not consistent",
    pending: "Not yet on chain",
    unverifiable: "Cannot be checked",
    uncounted: "Not counted",
  },
  icons: { consistent: "✔", inconsistent: "✘", pending: "…", unverifiable: "?", uncounted: "!" },
  by: (at, block) => `Checked by this device ${at}, up to block ${block}`,
  seal: ["核", "验", "一", "致"],
  sealLabel: "Checked on this device: consistent",
};
