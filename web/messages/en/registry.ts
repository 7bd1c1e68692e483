import type { Messages } from "../zh.ts";

export const registry: Messages["registry"] = {
  communities: "Communities",
  noCommunities: "No community yet",
  noCommunitiesCure:
    "The service is running, but no community has been set up. Its meetings will appear here.",
  setUp: "Set up a community",
  owners: "Owners’ assembly",
  funds: "Funds",
  meetings: "Meetings of the assembly",
  noMeetings: "No meeting has been called yet. New ones appear here once announced.",
  underway: "Under way",
  finished: "Concluded",
  enrol: "Enrol to vote",
  roll: {
    title: "Owners’ roll",
    totals: "Totals of the roll",
    voters: "Owners (heads)",
    building: "Building",
    entrance: "Entrance",
    none: "No roll has been frozen yet.",
  },
  roles: {
    registrar: "Registrar",
    committee: "Committee",
    teller: "Teller",
    relayer: "Relayer",
    auditor: "Auditor",
    approver: "Approver",
  },
};
