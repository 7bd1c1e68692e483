import { expect } from "chai";
import type { Hex } from "viem";
import type { Officer } from "../../web/console/officers.ts";
import { countTasks, nextOf, whyNotOf } from "../../web/console/works/next.ts";
import type { Claim, Work } from "../../web/console/works/works.ts";

const NOW = 1_800_000_000;

const AUTHOR: Hex = "0xa1";
const officer = (id: Hex, ...roles: string[]): Officer => ({
  ...{ id, roles, signer: id, keyId: id, title: "office" },
});

const MOTION: Work["story"]["motion"] = {
  ...{ meeting: 1, motion: 0, title: "motion", item: 5, outcome: "Adopted" },
  ...{ adoptedOn: "2026-01-01", resultIndex: 1, finalAt: NOW - 1 },
};

const PLAN: Work["story"]["plan"] = {
  ...{ fund: "maintenance", budget: 100n, payee: { name: "payee", accountTail: "3445" } },
  scope: { units: 1, sha256: "0x" },
};

const milestone = (number: number) => ({
  ...{ milestone: number, title: `part ${number}`, amount: 50n, invoices: 0, paid: 0n },
  accepted: undefined,
});

const CONTRACTED: Partial<Work["story"]> = {
  ...{ glance: { approved: 100n, limit: 100n, contracted: 100n, paid: 0n } },
  milestones: [milestone(0), milestone(1)],
};

const RESERVED: Partial<Work["disbursement"]> = {
  reservation: { amount: 100n, paid: 0n, approvals: 2, settled: false },
};

const claim = (state: Claim["state"], of = 0, approvals: Hex[] = []): Claim => ({
  ...{ id: `claim ${of}`, milestone: of, claim: of + 1, state, amount: 50n, invoice: "0x01" },
  ...{ author: AUTHOR, office: "author", needed: 2, failure: undefined },
  approvals: approvals.map((id) => ({ officer: id, office: "approver", at: NOW })),
});

function work(
  story: Partial<Work["story"]> = {},
  disbursement: Partial<Work["disbursement"]> = {},
): Work {
  return {
    story: {
      ...{ project: 1, title: "project", category: "lift", route: "vote", ground: undefined },
      ...{ begunOn: "2026-01-01", estimate: undefined, stage: "approved", motion: MOTION },
      ...{ contractor: undefined, lastOn: "2026-01-01", plan: PLAN, milestones: [], story: [] },
      glance: { approved: 100n, limit: 100n, contracted: undefined, paid: 0n },
      published: true,
      ...story,
    },
    disbursement: { reservation: undefined, acts: [], claims: [], ...disbursement },
  };
}

const whatOf = (own: Work): string[] =>
  nextOf(own, NOW).map(({ what, milestone: part }) =>
    part === undefined ? what : `${what} ${part}`,
  );

describe("what is next in a project", () => {
  it("before money is set aside, is the ground, the contract, the vote, its objections, the reservation", () => {
    expect(whatOf(work({ motion: undefined }))).to.deep.equal(["motion"]);
    const emergency = { route: "emergency", motion: undefined } as const;
    expect(whatOf(work({ ...emergency, plan: undefined }))).to.deep.equal(["plan"]);
    expect(whatOf(work())).to.deep.equal(["contract"]);
    const motion = (change: object) => ({ ...CONTRACTED, motion: { ...MOTION, ...change } });
    expect(whatOf(work(motion({ outcome: "NotAdopted" })))).to.deep.equal(["notAdopted"]);
    expect(whatOf(work(motion({ outcome: undefined })))).to.deep.equal(["vote"]);
    expect(whatOf(work(motion({ finalAt: NOW + 1 })))).to.deep.equal(["final"]);
    expect(whatOf(work(CONTRACTED))).to.deep.equal(["reserve"]);
    const act = { kind: "reserve", claim: undefined, failure: undefined };
    const asked = (state: "proposed" | "sending" | "refused") =>
      whatOf(work(CONTRACTED, { acts: [{ ...act, state }] }));
    expect(asked("proposed")).to.deep.equal(["sign"]);
    expect(asked("sending")).to.deep.equal(["chain"]);
    expect(asked("refused")).to.deep.equal(["reserve"]);
  });

  it("is each milestone's own step, and the next one's claim beside it", () => {
    const of = (...claims: Claim[]) => whatOf(work(CONTRACTED, { ...RESERVED, claims }));
    expect(of()).to.deep.equal(["claim 0"]);
    expect(of(claim("submitting"))).to.deep.equal(["chain 0", "claim 1"]);
    expect(of(claim("submitted"))).to.deep.equal(["judge 0", "claim 1"]);
    expect(of(claim("rejected"))).to.deep.equal(["claim 0"]);
    expect(of(claim("rejected"), claim("accepted"))).to.deep.equal(["approve 0", "claim 1"]);
    expect(of(claim("paid"), claim("releasing", 1))).to.deep.equal(["chain 1"]);
    expect(of(claim("paid"), claim("paid", 1))).to.deep.equal(["settle"]);
  });

  it("is shown to the owners before an emergency is settled, and nothing after that", () => {
    const paid = { ...RESERVED, claims: [claim("paid"), claim("paid", 1)] };
    const emergency = { ...CONTRACTED, route: "emergency", motion: undefined } as const;
    expect(whatOf(work(emergency, paid))).to.deep.equal(["audit"]);
    expect(whatOf(work({ ...CONTRACTED, stage: "settled" }, paid))).to.deep.equal([]);
  });

  it("is nobody's own to confirm, nor to approve twice", () => {
    const [judge] = nextOf(work(CONTRACTED, { ...RESERVED, claims: [claim("submitted")] }), NOW);
    expect(whyNotOf(judge!, officer(AUTHOR, "committee"))).to.equal("author");
    expect(whyNotOf(judge!, officer("0xb2", "approver"))).to.equal("role");
    expect(whyNotOf(judge!, officer("0xb2", "registrar"))).to.equal(undefined);
    const accepted = work(CONTRACTED, { ...RESERVED, claims: [claim("accepted", 0, ["0xb2"])] });
    const [approve] = nextOf(accepted, NOW);
    expect(whyNotOf(approve!, officer(AUTHOR, "committee", "approver"))).to.equal("author");
    expect(whyNotOf(approve!, officer("0xb2", "approver"))).to.equal("approved");
    expect(whyNotOf(approve!, officer("0xc3", "approver"))).to.equal(undefined);
    expect(countTasks([accepted], officer("0xc3", "approver"), NOW)).to.equal(1);
    expect(countTasks([accepted], officer("0xb2", "approver"), NOW)).to.equal(0);
  });
});
