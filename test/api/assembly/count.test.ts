import { expect } from "chai";
import { Wallet } from "ethers";
import { encodeFunctionData } from "viem";
import type { Hex } from "viem";
import { runFsck } from "../../../api/fsck/fsck.ts";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { ownLeaf } from "../../../protocol/assembly/ballot.ts";
import { sealTypedData } from "../../../protocol/assembly/meeting.ts";
import { sheetDigest } from "../../../protocol/assembly/sheet.ts";
import { expectProblem, get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { digestOf } from "./people.ts";
import { TestService, eventually } from "./service.ts";

const UNITS = ["1-1-101", "1-1-102", "1-1-201", "2-1-101"];

describe("sealing and counting under interruptions", function () {
  this.timeout(90_000);
  let service: TestService;
  let community: TestCommunity;

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
  });
  after(() => service.close());

  const open = async (options = {}): Promise<{ meeting: TestMeeting; voters: Voter[] }> => {
    const roll = await community.freezeRoll();
    const voters = await community.bindKeys(roll, UNITS);
    const meeting = await TestMeeting.convene(community, roll, { items: [5], ...options });
    await meeting.moveTo("opensAt", 1);
    community.forgetSessions();
    return { meeting, voters };
  };

  it("seals what was accepted before a restart, and counts on where it stood", async () => {
    const { meeting, voters } = await open();
    const sheets = await Promise.all(voters.map((voter) => meeting.sheet(voter, ["for"])));
    await Promise.all(sheets.slice(0, 3).map((sheet) => meeting.send(sheet)));
    await service.restart();
    const { leaf } = await meeting.send(sheets[3]);
    await meeting.sealed(leaf);
    await eventually(async () => (await meeting.view()).ballots.waiting === 0);
    await meeting.moveTo("countsFrom", 1);
    const batches = (await get(service, `${meeting.path}/batches`)).items.length;
    for (let i = 0; i <= batches; i++) {
      await service.assembly.step();
      await service.restart();
    }
    const { result, ballots } = await meeting.concluded();
    expect(result[0].for.heads).to.equal(4);
    expect(ballots).to.deep.equal({ waiting: 0, sealed: 4, late: 0 });
    const where = { communityId: community.id, type: "result" };
    expect(await service.database.client.record.count({ where })).to.equal(1);
  });

  it("puts ballots of a refused batch into another one, unless their voter has voted again", async () => {
    const { meeting, voters } = await open();
    const { client } = service.database;
    const state = async (leaf: string): Promise<string> => (await meeting.ballot(leaf)).state;
    await community.appointRelayer([]);
    const [kept, stale] = [
      await meeting.vote(voters[0]!, "for"),
      await meeting.vote(voters[1]!, "for"),
    ];
    const refused = { meeting: { number: meeting.number }, state: "refused" as const };
    await eventually(async () => (await client.batch.count({ where: refused })) > 0);
    await eventually(async () => (await state(kept.leaf)) === "waiting");
    const again = await meeting.vote(voters[1]!, "against");
    // They may have gone out in two batches, of which the second is refused later.
    await eventually(async () => (await state(stale.leaf)) === "replaced");
    await community.appointRelayer(["relayer"]);
    service.clock.seconds += 60;
    await meeting.sealed(kept.leaf);
    await meeting.sealed(again.leaf);
  });

  it("anchors, once it may again, what was recorded while the chain refused its heads", async () => {
    const { client } = service.database;
    // A head may have been refused before, while the relayer had no role in the test above.
    const countRefusals = async (): Promise<number> => {
      const where = { communityId: community.id };
      const { _sum } = await client.head.aggregate({ where, _sum: { failures: true } });
      return _sum.failures ?? 0;
    };
    await community.appointRelayer([]);
    for (let i = 1; i <= 2; i++) {
      const before = await countRefusals();
      service.clock.seconds += 60;
      await eventually(async () => {
        await service.parts.anchor.anchorDue();
        return (await countRefusals()) > before;
      });
    }
    await community.appointRelayer(["relayer"]);
    service.clock.seconds += 60;
    await community.anchored(
      (await client.record.count({ where: { communityId: community.id } })) - 1,
    );
    const place = { databaseUrl: service.database.url, dataDirectory: service.directory };
    const { findings } = await runFsck(place);
    expect(findings).to.deep.equal([]);
  });

  it("counts a ballot that its voter sealed himself, when he has sent it here too", async () => {
    const { meeting, voters } = await open();
    const voter = voters[0]!;
    const { chainId, assembly } = await get(service, community.path);
    const domain = { chainId, contract: assembly };
    const number = BigInt(meeting.number);
    const sheet = await meeting.sheet(voter, ["against"]);
    const leaf = ownLeaf(
      voter,
      sheetDigest(domain, number, ["against"]),
      sheet["signature"] as Hex,
    );
    const { page, position } = voter;
    const seal = digestOf(sealTypedData(domain, { meeting: number, leaf, nonce: 0n }));
    const own = {
      place: { page, position },
      form: 0,
      envelope: "0x",
      signature: await voter.person.sign(seal),
    } as const;
    await submit(
      assembly,
      encodeFunctionData({ abi: assemblyAbi, functionName: "sealOwn", args: [number, leaf, own] }),
    );
    const batch = await eventually(
      async () => (await get(service, `${meeting.path}/batches`)).items[0],
    );
    expect(batch).to.include({ selfSealed: true, foreign: true, count: 1, origin: "own" });
    await meeting.sealed((await meeting.send(sheet)).leaf);
    await meeting.moveTo("countsFrom", 1);
    const { result } = await meeting.concluded();
    expect(result[0].against.heads).to.equal(1);
  });

  it("lets the first ballot stand where the rules say so", async () => {
    const { meeting, voters } = await open({ conflict: "oldestFirst" });
    const sheets = await Promise.all(
      (["for", "against", "abstain"] as const).map((answer) => meeting.sheet(voters[1]!, [answer])),
    );
    const answers = await Promise.all(sheets.map((sheet) => meeting.trySend(sheet)));
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted).to.have.length(1);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const { body } of refused) expect(body.code).to.equal("BallotStands");
    await meeting.sealed(accepted[0]!.body.leaf);
    expectProblem(
      await meeting.trySend(await meeting.sheet(voters[1]!, ["for"])),
      409,
      "BallotStands",
    );
    await meeting.moveTo("countsFrom", 1);
    expect((await meeting.concluded()).result[0].participating.heads).to.equal(1);
  });

  it("declares a batch lapsed that nobody can open, and concludes without it", async () => {
    const { meeting, voters } = await open({ revealSeconds: 3600 });
    const { chainId, assembly } = await get(service, community.path);
    const number = BigInt(meeting.number);
    const leaf: Hex = `0x${"ab".repeat(32)}`;
    const voter = voters[0]!;
    const { page, position } = voter;
    const message = { meeting: number, leaf, nonce: 0n };
    const seal = digestOf(sealTypedData({ chainId, contract: assembly }, message));
    const own = {
      place: { page, position },
      form: 0,
      envelope: "0x",
      signature: await voter.person.sign(seal),
    } as const;
    await submit(
      assembly,
      encodeFunctionData({ abi: assemblyAbi, functionName: "sealOwn", args: [number, leaf, own] }),
    );
    await meeting.sealed((await meeting.vote(voters[2]!, "for")).leaf);
    await meeting.moveTo("countsFrom", 1);
    await eventually(async () => {
      const { items } = await get(service, `${meeting.path}/batches`);
      return items.some(({ state }: { state: string }) => state === "opened");
    });
    expect((await meeting.view()).result).to.equal(null);
    await meeting.moveTo("countsFrom", 2 * 3600 + 60);
    const { result, resultIndex } = await meeting.concluded();
    expect(result[0].for.heads).to.equal(1);
    const record = await get(service, `${community.path}/records/${resultIndex}`);
    expect(JSON.parse(record.bytes).lapsed).to.deep.equal([0]);
  });

  /** Any account may bring an owner's own seal to the chain. */
  const submit = async (to: Hex, data: Hex): Promise<void> => {
    const { chain } = service.parts;
    const chainId = await chain.client.getChainId();
    const wallet = Wallet.createRandom();
    const raw = await wallet.signTransaction({
      to,
      data,
      chainId,
      nonce: 0,
      gasLimit: 1_000_000,
      gasPrice: 0,
    });
    const hash = await chain.submit(raw as Hex);
    const receipt = await eventually(() =>
      chain.client.getTransactionReceipt({ hash }).catch(() => undefined),
    );
    expect(receipt.status).to.equal("success");
  };
});
