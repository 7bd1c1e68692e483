import type { FsckContext, Subject } from "../subject.ts";
import { inspectCalls, inspectIncidents } from "./calls.ts";
import { inspectDeployments } from "./deployments.ts";
import { inspectJournal } from "./journal.ts";
import { inspectVerifiers, verifierCalls } from "./verifiers.ts";

const STEPS = ["registry", "anchor", "assembly", "fund", "binding"];

/** The journal: its blocks are mined anew before anything else is inspected (view.ts). */
export const chainSubject: Subject = {
  name: "chain",
  tables: {
    ChainBlock: { onlyHere: [] },
    ChainTransaction: { onlyHere: ["id", "journaledAt"] },
    ChainCall: { onlyHere: ["reverts", "failure", "enqueuedAt", "settledAt"] },
    ChainIncident: { onlyHere: ["id", "at"] },
    Deployment: { onlyHere: ["failure"] },
  },
  calls: [
    verifierCalls,
    ...STEPS.map((step) => ({
      kind: `chain.deploy.${step}`,
      functions: step === "binding" ? ["setAssembly"] : [],
      table: "Deployment",
      refs: `
      SELECT "communityId" AS ref, CASE WHEN "state" = '${step}' THEN 'pending' WHEN "state" = 'done' THEN 'done' END AS call
      FROM "Deployment"`,
    })),
  ],
  async inspect(context: FsckContext) {
    await inspectJournal(context);
    await inspectCalls(context);
    await inspectDeployments(context);
    await inspectVerifiers(context);
    await inspectIncidents(context);
  },
};
