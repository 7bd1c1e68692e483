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
  enrol: {
    title: "Enrol my signing key",
    short: "Enrol to vote",
    intro:
      "Enrol once, with the invitation code from your residents’ committee. From then on the key in your own device signs your ballots; nobody else can, this service included.",
    steps: ["Invitation code", "Create key", "Two officers confirm", "Ready to vote"],
    code: "Invitation code",
    codeHint: "Printed on your invitation. Capitals and dashes do not matter.",
    codeMissing: "Enter your invitation code",
    working: "Enrolling…",
    waiting: "Enrolled, waiting for confirmation",
    waitingText:
      "The registrar and a second officer each check and sign before your key enters the roll. This page updates by itself; you may leave it.",
    bound: "Your key is on the roll",
    boundText: "Each item below was checked by this device against the chain.",
    voter: "My voter number",
    voterHint: "A random number; it does not tell which flat.",
    units: "My units",
    unit: "Unit",
    total: "Total area",
    checks: {
      lines: "Each of my units is in the frozen roll",
      area: "My area on the roll is the sum of my units",
      key: "The key on the roll is the key of this device",
    },
    paper: "No phone? Ask the committee for a paper ballot; it counts the same.",
    demo: "Demonstration: try it as one of the owners",
    demoHint:
      "These owners are invented and anybody may use their keys. Choose one to vote, get a receipt and check it.",
  },
  roll: {
    title: "Owners’ roll",
    totals: "Totals of the roll",
    voters: "Owners (heads)",
    building: "Building",
    entrance: "Entrance",
    none: "No roll has been frozen yet.",
  },
};
