import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createRandom } from "../../api/demo/random.ts";
import { toInstant } from "../../api/clock.ts";
import { addVoter, emptyTally } from "../../protocol/assembly/tally.ts";
import { fromAreaE4 } from "../../protocol/registry/area.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { verifyMeeting } from "../../protocol/verify/meeting.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import { ServiceCommunity } from "../../scripts/bench/serviceCommunity.ts";
import type { MeetingView } from "../../scripts/bench/serviceCommunity.ts";
import { ServiceProcess } from "../../scripts/bench/serviceProcess.ts";
import { draftOf, inSeconds } from "./draft.ts";
import { RestlessVoter } from "./restless.ts";

const KILLS = 20;
/** The service asks for 30 between the convocation and the opening. */
const LEAD_SECONDS = 38;
const WINDOW_SECONDS = 75;
const EXTENSION_SECONDS = 40;
/** The officers need a moment to extend. */
const ENOUGH_SECONDS = 25;
/** The longest time that the service is left alone. */
const PEACE_MILLISECONDS = 1500;
const PAUSE_MILLISECONDS = 10_000;

const SIZE = {
  ...{ voters: 60, totalAreaE4: 65_415_500n, buildings: 3 },
  ...{ largestOwnerUnits: 4, unsoldUnits: 5, ownersOfTwo: 4 },
};

/** The service on one data directory; killed and started again and again. */
class KilledService {
  readonly #directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-killed-"));
  #process: ServiceProcess | undefined;
  url = "";

  async start(): Promise<ServiceProcess> {
    const settings = { dataDirectory: this.#directory, args: ["--empty"] };
    this.#process = new ServiceProcess(settings);
    this.url = await this.#process.ready();
    return this.#process;
  }

  async kill(): Promise<void> {
    await this.#process?.end("SIGKILL");
    await this.start();
  }

  async close(): Promise<void> {
    await this.#process?.end("SIGTERM");
    fs.rmSync(this.#directory, { recursive: true, force: true });
  }
}

describe("the service, killed while people vote", function () {
  this.timeout(600_000);
  const seed = process.env["KILL_SEED"] ?? String(Date.now());
  const random = createRandom(seed);
  const service = new KilledService();
  let community: ServiceCommunity;
  let voters: RestlessVoter[];
  let meeting: MeetingView;
  let closesAt: Date;

  before(async () => {
    const operatorToken = (await service.start()).findOperatorToken()!;
    community = new ServiceCommunity(() => service.url, { operatorToken, size: SIZE });
    await community.found();
    const opensAt = inSeconds(LEAD_SECONDS);
    closesAt = new Date(opensAt.getTime() + WINDOW_SECONDS * 1000);
    await community.convene(draftOf({ roll: 1, opensAt, closesAt }));
    const seats = await community.enrolAll();
    voters = seats.map((seat) => new RestlessVoter(community, seat, seed));
    await delay(opensAt.getTime() - Date.now() + 200);
  });
  after(() => service.close());

  it(`takes ballots through ${KILLS} deaths (KILL_SEED=${seed})`, async () => {
    const isOpen = (): boolean => Date.now() < closesAt.getTime();
    const voting = Promise.all(voters.map((voter) => voter.voteWhile(isOpen, PAUSE_MILLISECONDS)));
    for (let kill = 0; kill < KILLS; kill++) {
      await delay(random.below(PEACE_MILLISECONDS));
      await service.kill();
      await extendInTime();
    }
    await voting;
    const cast = voters.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
    expect(cast).to.be.greaterThan(2 * voters.length);
  });

  /** However slow the machine is, all deaths fall into the time of voting. */
  async function extendInTime(): Promise<void> {
    const leftSeconds = (closesAt.getTime() - Date.now()) / 1000;
    if (leftSeconds > ENOUGH_SECONDS) return;
    closesAt = new Date(closesAt.getTime() + EXTENSION_SECONDS * 1000);
    await community.desk.extend(1, closesAt, "服务反复中断,延长表决时间");
    const end = toInstant(closesAt);
    await community.eventually(async () => (await community.view(1)).closesAt === end);
  }

  it("counts, though killed between the batches", async () => {
    await service.kill();
    await delay(random.below(500));
    await service.kill();
    meeting = await community.eventually(async () => {
      const view = await community.view(1);
      return view.result !== null && view;
    });
    expect(meeting.ballots).to.deep.include({ waiting: 0, late: 0 });
  });

  it("lost no ballot that it had acknowledged, and counted none twice", async () => {
    for (const { acknowledged } of voters) {
      for (const { leaf } of acknowledged) {
        const { state, code } = await community.ballot<{ state: string; code: number }>(1, leaf);
        // The last one stands; an earlier one gave way before it was sealed, or at the count (6).
        const stands = leaf === acknowledged.at(-1)!.leaf;
        if (stands) expect({ state, code }).to.deep.equal({ state: "sealed", code: 1 });
        else if (state !== "replaced")
          expect({ state, code }).to.deep.equal({ state: "sealed", code: 6 });
      }
    }
  });

  it("comes to the result that the acknowledged ballots make", () => {
    const expected = [0, 1].map((motion) => {
      const tally = emptyTally();
      for (const { seat, acknowledged } of voters) {
        const last = acknowledged.at(-1);
        if (last) addVoter(tally, last.answers[motion]!, seat.owner.areaE4);
      }
      return tally;
    });
    meeting.result!.forEach((found, motion) => {
      for (const lane of ["for", "against", "abstain"] as const) {
        const { heads, areaE4 } = expected[motion]![lane];
        expect(found[lane]).to.deep.equal({ heads, area: fromAreaE4(areaE4) });
      }
    });
  });

  it("leaves a meeting of which everything can be verified", async () => {
    const api = `${service.url}/api`;
    const records = new HttpRecordSource({ api, community: community.id });
    const report = await verifyMeeting({ records, chain: new RpcChainSource(`${api}/rpc`) }, 1);
    expect(report.checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
  });
});
