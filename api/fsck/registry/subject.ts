import type { FsckContext, Subject } from "../subject.ts";
import { inspectCommunities, inspectOfficers } from "./communities.ts";
import { inspectDeskActs } from "./deskActs.ts";
import { inspectImports } from "./imports.ts";
import { inspectKeys } from "./keys.ts";
import { registryProposals } from "./proposalKinds.ts";
import { inspectRolls } from "./rolls.ts";

/** A roll that was taken back, or never signed, went nowhere. */
const FROZEN = `
  CASE "state" WHEN 'freezing' THEN 'pending' WHEN 'frozen' THEN 'done' WHEN 'refused' THEN 'failed' END`;

/** Communities, officers, what two of them signed, rolls and keys. */
export const registrySubject: Subject = {
  name: "registry",
  tables: {
    Community: { onlyHere: ["createdAt"] },
    // The titles of those named later stand in what was signed.
    Officer: { onlyHere: ["title", "since"] },
    Proposal: { onlyHere: ["failure", "createdAt", "closedAt"] },
    Attestation: { onlyHere: ["at"] },
    UnitImport: { onlyHere: ["createdAt"] },
    Roll: { onlyHere: ["createdAt", "frozenAt", "failure"] },
    RollVoter: { onlyHere: [] },
    RollUnit: { onlyHere: [] },
    Invitation: "noEvidence",
    // Invitations to an office, and what a community is before it is one.
    OfficerSeat: "noEvidence",
    Founding: "noEvidence",
    SetupCode: "noEvidence",
    OperatorSession: "noEvidence",
    DeskAct: { onlyHere: ["id", "at", "voters", "reason"] },
    Enrolment: { onlyHere: ["id", "carried", "form", "createdAt"] },
    KeyPage: { onlyHere: ["createdAt", "boundAt", "failure"] },
    BoundKey: { onlyHere: ["boundAt", "revokedAt"] },
  },
  calls: [
    {
      kind: "freezeRoll",
      functions: ["freezeRoll"],
      table: "Roll",
      refs: `SELECT "id"::text AS ref, ${FROZEN} AS call FROM "Roll"`,
    },
    {
      kind: "storeAreas",
      functions: ["storeAreas"],
      table: "Roll",
      refs: `
        SELECT r."id" || '/' || page AS ref, CASE WHEN r."state" = 'frozen' THEN 'done' END AS call FROM "Roll" r,
          generate_series(0, (length(r."areas") - 1) / (24000 / r."areaBytes" * r."areaBytes") - 1) AS page`,
    },
    {
      kind: "bindKeys",
      functions: ["bindKeys"],
      table: "KeyPage",
      refs: `
        SELECT "id"::text AS ref, CASE "state" WHEN 'binding' THEN 'pending' WHEN 'bound' THEN 'done'
          WHEN 'refused' THEN 'failed' END AS call FROM "KeyPage"`,
    },
    {
      kind: "revokeKey",
      functions: ["revokeKey"],
      table: "Proposal",
      refs: `
        SELECT ("payload"->>'rollId') || '/' || ("payload"->>'page') || '/' || ("payload"->>'position') || '/' || "id" AS ref,
          NULL AS call FROM "Proposal" WHERE "kind" = 'revokeKey'`,
    },
    {
      kind: "setOfficer",
      functions: ["setOfficer"],
      table: "Proposal",
      refs: `SELECT "id"::text AS ref, NULL AS call FROM "Proposal" WHERE "kind" = 'setOfficer'`,
    },
  ],
  proposals: registryProposals,
  async inspect(context: FsckContext) {
    await inspectCommunities(context);
    await inspectOfficers(context);
    await inspectImports(context);
    await inspectRolls(context);
    await inspectKeys(context);
    await inspectDeskActs(context);
  },
};
