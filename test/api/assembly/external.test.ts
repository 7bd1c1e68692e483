import { expect } from "chai";
import { toHex } from "viem";
import { runFsck } from "../../../api/fsck/fsck.ts";
import { openBundle } from "../../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../../protocol/verify/bundle/verify.ts";
import { FUNDED_KEY, ask, startHardhatNode } from "../chain/nodes.ts";
import type { TestNode } from "../chain/nodes.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { TestService, eventually } from "./service.ts";

describe("a whole meeting on an external node", function () {
  this.timeout(120_000);
  let node: TestNode;
  let service: TestService;
  let community: TestCommunity;
  let voters: Voter[];
  let meeting: TestMeeting;

  before(async () => {
    node = await startHardhatNode();
    const environment = { CHAIN_RPC_URL: node.url, CHAIN_RELAYER_KEY: FUNDED_KEY };
    service = await TestService.create({}, environment);
    await follow();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    voters = await community.bindKeys(roll, ["1-1-101", "1-1-102", "1-1-201", "2-1-101"]);
    meeting = await TestMeeting.convene(community, roll);
  });
  after(async () => {
    await service.close();
    await node.stop();
  });

  /** The node's clock goes by itself; it is set to ours whenever ours was moved. */
  const follow = async (): Promise<void> => {
    await ask(node.url, "evm_setNextBlockTimestamp", [toHex(service.clock.seconds)]);
    await ask(node.url, "evm_mine");
  };

  it("is convened, voted on, counted and verified like on the embedded chain", async () => {
    await meeting.moveTo("opensAt", 1);
    await follow();
    for (const voter of voters)
      await meeting.sealed((await meeting.vote(voter, "for", "for", "against")).leaf);
    await meeting.moveTo("countsFrom", 1);
    await follow();
    const { result, resultIndex } = await meeting.concluded();
    expect(result.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal([
      "Adopted",
      "Adopted",
      "NotAdopted",
    ]);
    await community.anchored(resultIndex);
    const response = await fetch(`${service.url}/api${meeting.path}/bundle`);
    const bundle = await openBundle(new Uint8Array(await response.arrayBuffer()));
    const { checks } = await verifyBundle(bundle);
    expect(checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
  });

  it("waits with the count while the node's clock is behind ours, and goes on then", async () => {
    const roll = await community.freezeRoll();
    const [voter] = await community.bindKeys(roll, ["2-1-201"]);
    const next = await TestMeeting.convene(community, roll, { items: [5] });
    await next.moveTo("opensAt", 1);
    await follow();
    community.forgetSessions();
    await next.sealed((await next.vote(voter!, "for")).leaf);
    await next.moveTo("countsFrom", 1); // the node still thinks that voting is open
    const batch = { meeting: { number: next.number }, state: "opening" as const };
    await eventually(async () => (await service.database.client.batch.count({ where: batch })) > 0);
    expect((await next.view()).result).to.equal(null);
    await follow();
    const { result } = await eventually(async () => {
      service.clock.seconds += 1;
      const view = await next.view();
      return view.result ? view : undefined;
    });
    expect(result[0].for.heads).to.equal(1);
  });

  it("is inspected against the node's chain, and a changed ballot is named", async () => {
    const client = service.database.client;
    const databaseUrl = service.database.url;
    const options = { databaseUrl, dataDirectory: service.directory, rpcUrl: node.url };
    await eventually(async () => {
      await service.parts.anchor.anchorDue();
      const { waiting, sent } = await service.parts.chain.status();
      const heads = await client.head.count({ where: { state: "anchoring" } });
      return waiting + sent + heads === 0;
    });
    const sound = await runFsck(options);
    expect(sound.findings).to.deep.equal([]);
    expect(sound).to.deep.include({ verdict: "ok" });
    expect(sound.chain?.kind).to.equal("external");
    const [ballot] = await client.ballot.findMany({ where: { state: "sealed" }, take: 1 });
    const where = { id: ballot!.id };
    await client.ballot.update({ where, data: { leaf: `0x${"7".repeat(64)}` } });
    const { findings } = await runFsck(options);
    await client.ballot.update({ where, data: { leaf: ballot!.leaf } });
    expect(findings.map(({ table }) => table)).to.include("Ballot");
  });
});
