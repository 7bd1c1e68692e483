import { expect } from "chai";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openBundle } from "../../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../../protocol/verify/bundle/verify.ts";
import type { SignedAnswer } from "../../../protocol/assembly/sheet.ts";
import { FLATS, TestCommunity } from "./community.ts";
import type { Flat, Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { TestService, eventually } from "./service.ts";

const SCRIPT = fileURLToPath(import.meta.resolve("./killed.ts"));
const KILLS = 20;
const KILLS_WHILE_COUNTING = 4;
const KILLS_WHILE_VOTING = KILLS - KILLS_WHILE_COUNTING;
const AT_ONCE = 4;

interface Killed {
  child: ChildProcess;
  url: string;
}

interface Ballot {
  body: Record<string, unknown>;
  answer: SignedAnswer;
}

describe("a service killed during a vote", function () {
  this.timeout(300_000);
  let service: TestService;
  let meeting: TestMeeting;
  let voters: Voter[];
  let seconds: number;
  let running: ChildProcess | undefined;
  /** What was acknowledged, by voter, in order; and what was sent last and never answered. */
  const acknowledged = new Map<Voter, string[]>();
  const unanswered = new Map<Voter, Ballot>();

  before(async () => {
    service = await TestService.create();
    const community = await TestCommunity.create(service);
    const flats: Flat[] = Array.from({ length: 16 }, (_, i) => {
      return {
        ...FLATS[0]!,
        number: `${100 + i}`,
        owner: `业主${String.fromCodePoint(0x4e00 + i)}`,
      };
    });
    const roll = await community.freezeRoll(flats);
    voters = await community.bindKeys(
      roll,
      flats.map(({ number }) => `1-1-${number}`),
    );
    meeting = await TestMeeting.convene(community, roll, { items: [5] });
    await meeting.moveTo("opensAt", 1);
    ({ seconds } = service.clock);
  });
  after(() => service.close());
  after(() => running?.kill("SIGKILL"));

  const launch = async (): Promise<Killed> => {
    const args = [service.database.url, service.directory, String(seconds)];
    const child = spawn(process.execPath, [SCRIPT, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    running = child;
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return { child, url: `http://127.0.0.1:${line.split(" ")[1]}` };
  };

  const kill = async ({ child }: Killed): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "close");
    // The next one starts later than this one ended, as clocks do.
    seconds += 60;
  };

  /** Sends ballots, some of them replacing earlier ones, until the service is gone. */
  const voteUntilKilled = async ({ url }: Killed): Promise<void> => {
    const vote = async (own: readonly Voter[]): Promise<void> => {
      for (let i = Math.floor(Math.random() * own.length); ; i = (i + 1) % own.length) {
        if (!(await send(url, own[i]!))) return;
      }
    };
    const shares = Array.from({ length: AT_ONCE }, (_, n) =>
      voters.filter((_voter, i) => i % AT_ONCE === n),
    );
    await Promise.all(shares.map(vote));
  };

  /** A ballot without an answer is sent again first, as the page does. False: nobody answers. */
  const send = async (url: string, voter: Voter): Promise<boolean> => {
    const ballot = unanswered.get(voter) ?? (await sign(voter));
    unanswered.set(voter, ballot);
    try {
      const response = await fetch(`${url}/api${meeting.path}/ballots`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(ballot.body),
      });
      const { leaf, code } = (await response.json()) as { leaf: string; code?: unknown };
      // A wallet signs the same sheet alike: that vote stood before and gave way.
      if (response.status !== 201 && code !== "BallotReplaced") throw new Error(String(code));
      if (response.status === 201)
        acknowledged.set(voter, [...(acknowledged.get(voter) ?? []), leaf]);
      unanswered.delete(voter);
      return true;
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return false;
      throw error;
    }
  };

  const CHOICES = ["for", "against", "abstain"] as const;
  const sign = async (voter: Voter): Promise<Ballot> => {
    const answer = CHOICES[Math.floor(Math.random() * CHOICES.length)]!;
    return { answer, body: await meeting.sheet(voter, [answer]) };
  };

  it(`seals every acknowledged ballot, although it is killed ${KILLS_WHILE_VOTING} times`, async () => {
    await meeting.readDomain();
    await service.stop();
    const count = (): number => [...acknowledged.values()].flat().length;
    for (let i = 0; i < KILLS_WHILE_VOTING; i++) {
      const killed = await launch();
      const voting = voteUntilKilled(killed);
      // At a random instant; on a slow machine it comes later, so that enough was answered in all.
      const wanted = Math.ceil((KILLS * (i + 1)) / KILLS_WHILE_VOTING) + 1;
      await delay(Math.random() * 500);
      if (i % 2 === 1) await eventually(() => count() >= wanted);
      await kill(killed);
      await voting;
    }
    expect(count()).to.be.greaterThan(KILLS);
    const { client } = service.database;
    const last = await launch();
    await eventually(async () => {
      return (
        (await client.ballot.count({ where: { state: { in: ["waiting", "sealing"] } } })) === 0
      );
    });
    await kill(last);
    for (const [voter, leaves] of acknowledged) {
      const rows = await client.ballot.findMany({
        where: { voter: voter.voter },
        orderBy: { id: "asc" },
      });
      expect(rows.map(({ leaf }) => leaf)).to.include.members(leaves);
      expect(rows.at(-1)!.state).to.equal("sealed");
      const standing = rows.findLastIndex(({ leaf }) => leaves.includes(leaf));
      // Only what was sent later, and stored before the answer was lost, may stand in its place.
      expect(rows.length - 1 - standing).to.be.at.most(1);
    }
  });

  it(`counts each voter's last ballot once, although it is killed ${KILLS_WHILE_COUNTING} times meanwhile`, async () => {
    const { client } = service.database;
    const { closesAt } = await client.meeting.findFirstOrThrow({
      where: { number: meeting.number },
    });
    seconds = closesAt.getTime() / 1000 + 1;
    for (let i = 0; i < KILLS_WHILE_COUNTING; i++) {
      const killed = await launch();
      await delay(Math.random() * 300);
      await kill(killed);
    }
    service.clock.seconds = seconds;
    await service.start();
    const { result } = await meeting.concluded();
    const expected = { for: 0, against: 0, abstain: 0 };
    const names = ["", "for", "against", "abstain"] as const;
    for (const { voter } of voters) {
      const last = await client.ballot.findFirst({ where: { voter }, orderBy: { id: "desc" } });
      if (last) expected[names[Number(last.answers)] as SignedAnswer] += 1;
    }
    for (const choice of CHOICES)
      expect(result[0][choice].heads, choice).to.equal(expected[choice]);
    // Chance decides who comes to vote before a kill.
    const { heads } = result[0].participating;
    expect(heads).to.equal(expected.for + expected.against + expected.abstain);
    expect(heads)
      .to.be.at.least(acknowledged.size)
      .and.greaterThan(voters.length / 4);
  });

  it("leaves a record that verifies from its bundle", async () => {
    const { resultIndex } = await meeting.view();
    await meeting.community.anchored(resultIndex);
    const response = await fetch(`${service.url}/api${meeting.path}/bundle`);
    const bundle = await openBundle(new Uint8Array(await response.arrayBuffer()));
    const report = await verifyBundle(bundle);
    expect(report.checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
  });
});

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
