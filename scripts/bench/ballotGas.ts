import { FORM } from "./chain/ballots.ts";
import { deployCommunity } from "./chain/community.ts";
import {
  type Batch,
  type Cast,
  convene,
  makeBatch,
  openBatch,
  sealBatch,
  travelTo,
} from "./chain/meeting.ts";
import {
  KEYS_PER_PAGE,
  KIND,
  type Kind,
  type Voter,
  bindAll,
  freezeRoll,
  makeVoters,
} from "./chain/roll.ts";

/** One way to vote whose gas is measured. */
export interface BallotScenario {
  name: string;
  kind: Kind;
  form: number;
  voters: number;
  batch: number;
  motions: number;
  /** How many different sheets the ballots of a batch have. */
  sheets: number;
}

const secp256k1 = { kind: KIND.secp256k1, form: FORM.plain };
const base = { ...secp256k1, voters: 1_000, batch: 250, motions: 1, sheets: 3 };

/** Batch, roll, motions and key kind, changed one at a time. */
export const ballotScenarios: readonly BallotScenario[] = [
  { ...base, name: "wallet key (secp256k1)" },
  { ...base, name: "batch of 50", batch: 50 },
  { ...base, name: "batch of 1", batch: 1, sheets: 1 },
  { ...base, name: "roll of 20,000", voters: 20_000 },
  { ...base, name: "five motions, 24 different sheets", motions: 5, sheets: 24 },
  { ...base, name: "device key (P-256)", kind: KIND.p256, form: FORM.sha256 },
  { ...base, name: "passkey (WebAuthn)", kind: KIND.p256, form: FORM.webauthn },
];

/** The `index`-th sheet: its digits to base three are the answers. */
function answersOf(index: number, motions: number): number[] {
  return Array.from({ length: motions }, (_, motion) => 1 + (Math.floor(index / 3 ** motion) % 3));
}

function castsOf(scenario: BallotScenario, voters: Voter[]): Cast[] {
  return voters.map((voter, i) => ({
    voter,
    answers: answersOf((7 * i) % scenario.sheets, scenario.motions),
    form: scenario.form,
    page: Math.floor(voter.voter / KEYS_PER_PAGE[scenario.kind]),
    position: voter.voter % KEYS_PER_PAGE[scenario.kind],
  }));
}

/** Gas of the roll and of every ballot, warm: the last of three batches, whose slots have been written before. */
export async function measureBallot(
  scenario: BallotScenario,
): Promise<{ perBallot: number; perOwner: number }> {
  const community = await deployCommunity();
  const frozen = await freezeRoll(community, makeVoters(scenario.voters, scenario.kind));
  const bound = await bindAll(community, frozen);
  const items = Array.from({ length: scenario.motions }, () => 5);
  const meeting = await convene(community, frozen.roll, { items });
  await travelTo(community, meeting.opensAt);
  const batches: { batch: Batch; sealed: number }[] = [];
  for (let first = 0; first < 3; first++) {
    // Every third voter from the first on: all batches reach the same slots.
    const voters = frozen.voters
      .filter(({ voter }) => voter % 3 === first)
      .slice(0, scenario.batch);
    const batch = await makeBatch(community, meeting.meeting, castsOf(scenario, voters));
    batches.push({ batch, sealed: await sealBatch(community, meeting.meeting, batch) });
  }
  await travelTo(community, meeting.closesAt + meeting.paperSeconds);
  let gas = 0;
  for (const [number, { batch, sealed }] of [...batches.entries()].reverse()) {
    gas = sealed + (await openBatch(community, meeting.meeting, number, batch));
  }
  return {
    perBallot: Math.round(gas / scenario.batch),
    perOwner: Math.round((frozen.gas + bound) / scenario.voters),
  };
}
