import { verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { decideDispute } from "../../protocol/verify/dispute/decide.ts";
import { OUTCOME_LOOK } from "../assembly/outcome-look.ts";
import { verifyFunds } from "../../protocol/verify/fund/verify.ts";
import { wordsFor } from "./part-words.ts";
import { answerOrders } from "./work.ts";

// The part of the verifier that lies beside the page: whatever the command line verifies of a bundle.

answerOrders({
  verify: async (opened, options) => {
    const report = await verifyBundle(opened, { ...options, verifyFunds, decide: decideDispute });
    const { dispute } = report;
    const words = { zh: wordsFor("zh", dispute), en: wordsFor("en", dispute) };
    return { report, words, look: dispute && OUTCOME_LOOK[dispute.outcome] };
  },
});
