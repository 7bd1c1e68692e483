import { sha256 } from "viem";
import { readManifest } from "../../protocol/verify/bundle/manifest.ts";
import { verifyMeetingBundle } from "../../protocol/verify/bundle/verify.ts";
import { CLAIM_FILES } from "../../protocol/verify/dispute/names.ts";
import { PART_FILE, PART_SHA256 } from "./part-file.ts";
import type { Ability } from "./work.ts";

/**
 * What the page verifies by itself: meetings. Funds, whole communities and claims would not fit into it; the part that
 * verifies them lies beside it in the evidence, and nothing runs but the one whose hash the build wrote into this page.
 */
export const OWN: Ability = {
  handOn: (files) => {
    const { scope } = readManifest(files);
    if (scope.kind === "meeting" && !files.has(CLAIM_FILES.claim)) return undefined;
    const script = files.get(PART_FILE);
    return script && sha256(script) === PART_SHA256
      ? { kind: "part", script: new Uint8Array(script) }
      : { kind: "refused", fault: "needsPart" };
  },
  verify: async (opened, options) => ({ report: await verifyMeetingBundle(opened, options) }),
};
