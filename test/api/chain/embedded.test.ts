import { expect } from "chai";
import type { Chain } from "../../../api/chain/service.ts";
import { Bench, COMMUNITY, eventually, OFFICERS, toText } from "./harness.ts";

describe("embedded chain", () => {
  let bench: Bench;
  let chain: Chain;

  beforeEach(async () => {
    bench = await Bench.create();
    chain = await bench.start();
  });
  afterEach(() => bench.close());

  const blocks = () => bench.database.client.chainBlock.findMany({ orderBy: { number: "asc" } });

  it("deploys the contracts of a community once, however often it is asked", async () => {
    const deploy = () => chain.deployCommunity({ communityId: COMMUNITY, officers: OFFICERS });
    const [first, second] = await Promise.all([deploy(), deploy()]);
    expect(first).to.deep.equal(second);
    expect(await bench.database.client.chainTransaction.count()).to.equal(5);
  });

  it("tells which rule the officers of a new community break", async () => {
    const deploy = chain.deployCommunity({
      communityId: "nobody",
      officers: [{ signer: chain.relayer, roles: 8 }],
    });
    const error = await deploy.catch((failure: unknown) => failure);
    expect(error).to.have.nested.property("failure.code", "RegistryNobody");
  });

  it("mines what waits into one block, in order, and runs each handler once", async () => {
    await bench.deploy(chain);
    const seen: string[] = [];
    chain.onMined("note", async (_tx, call, receipt) => {
      expect(call.args).to.deep.equal([toText(call.ref)]);
      seen.push(`${call.ref} ${receipt.blockNumber} ${receipt.status}`);
    });
    await bench.note(chain, "a", "b", "c");
    await bench.note(chain, "a");
    await eventually(() => seen.length === 3);
    expect(seen).to.deep.equal(["a 6 success", "b 6 success", "c 6 success"]);
    expect(await bench.timesOf(chain, "a")).to.equal(1);
  });

  it("drops a call together with the record whose transaction is rolled back", async () => {
    await bench.deploy(chain);
    await bench.database.client
      .$transaction(async (tx) => {
        const call = { communityId: COMMUNITY, contract: "anchor", functionName: "note" } as const;
        await chain.enqueue(tx, { ...call, args: [toText("x")], kind: "note", ref: "x" });
        throw new Error("the record is refused");
      })
      .catch(() => undefined);
    await bench.note(chain, "y");
    await eventually(async () => (await bench.stateOf("y")) === "mined");
    expect(await bench.stateOf("x")).to.equal(undefined);
    expect(await bench.timesOf(chain, "x")).to.equal(0);
  });

  it("names the contract's error with its arguments, and goes on with the queue", async () => {
    await bench.deploy(chain);
    const failures: unknown[] = [];
    chain.onFailed("note", async (_tx, call, failure) => void failures.push([call.ref, failure]));
    const refused = { functionName: "noteAfter", args: [toText("no"), 7n], ref: "no" };
    await bench.enqueue(chain, refused, { ref: "yes", args: [toText("yes")] });
    await eventually(async () => (await bench.stateOf("yes")) === "mined");
    const params = { number: "0", sender: chain.relayer, reasons: [""] };
    expect(failures).to.deep.equal([["no", { code: "AnchorRefused", params }]]);
    expect(await bench.stateOf("no")).to.equal("failed");
  });

  it("refuses no call for what another call before it has yet to do", async () => {
    await bench.deploy(chain);
    const after = (ref: string, before: bigint) => ({
      functionName: "noteAfter",
      args: [toText(ref), before],
      ref,
    });
    await bench.enqueue(chain, after("0", 0n), after("1", 1n), after("2", 2n), after("1b", 1n));
    await eventually(async () => (await bench.stateOf("1b")) === "failed");
    for (const ref of ["0", "1", "2"]) expect(await bench.stateOf(ref)).to.equal("mined");
  });

  it("takes a call that others made fail on chain to the chain again, until its trial tells why", async () => {
    await bench.deploy(chain);
    const both = ["first", "second"].map((ref) => ({
      functionName: "noteAfter",
      args: [toText(ref), 0n],
      ref,
    }));
    await bench.enqueue(chain, ...both);
    await eventually(async () => (await bench.stateOf("second")) === "failed");
    const row = await bench.database.client.chainCall.findFirstOrThrow({
      where: { ref: "second" },
    });
    expect(row.reverts).to.equal(1);
    expect(row.failure).to.have.property("code", "AnchorRefused");
    expect(await bench.timesOf(chain, "second")).to.equal(0);
  });

  it("keeps a handler's work and the mark of it together, and lets no other community wait for it", async () => {
    await bench.deploy(chain);
    await bench.deploy(chain, "other");
    let attempts = 0;
    chain.onMined("note", async (tx, call) => {
      await tx.setting.create({ data: { key: `handled ${call.ref}`, value: 1 } });
      if (call.ref === "bad" && ++attempts < 3) throw new Error("not yet");
    });
    await bench.note(chain, "bad", "next");
    await bench.enqueue(chain, { communityId: "other", ref: "o", args: [toText("o")] });
    await eventually(async () => (await bench.stateOf("o")) === "mined");
    expect(await bench.stateOf("next")).to.equal("sent");
    await eventually(async () => (await bench.stateOf("next")) === "mined");
    expect(attempts).to.equal(3);
    const keys = await bench.database.client.setting.findMany({
      where: { key: { startsWith: "handled" } },
    });
    expect(keys.map(({ key }) => key)).to.have.members([
      "handled bad",
      "handled next",
      "handled o",
    ]);
  });

  it("gives blocks the clock's time, and the last block's when the clock goes back", async () => {
    await bench.deploy(chain);
    const start = bench.clock.seconds;
    for (const [ref, seconds] of [
      ["a", 50],
      ["b", 20],
      ["c", 50],
      ["d", 51],
    ] as const) {
      bench.clock.seconds = start + seconds;
      await bench.note(chain, ref);
      await eventually(async () => (await bench.stateOf(ref)) === "mined");
    }
    const times = (await blocks()).slice(-4).map(({ timestamp }) => Number(timestamp) - start);
    expect(times).to.deep.equal([50, 50, 50, 51]);
    const { blockTime, blockNumber } = await chain.status();
    expect([Number(blockTime) - start, Number(blockNumber)]).to.deep.equal([51, 9]);
  });

  it("keeps the fee at nothing after a block more than half full", async () => {
    await bench.deploy(chain);
    const burn = Array.from({ length: 20 }, (_, i) => ({
      functionName: "burn",
      args: [BigInt(i * 1000), 740n],
      ref: `burn ${i}`,
    }));
    await bench.enqueue(chain, ...burn);
    await eventually(async () => (await bench.stateOf("burn 19")) === "mined");
    await bench.note(chain, "after");
    await eventually(async () => (await bench.stateOf("after")) === "mined");
    const { baseFeePerGas, number } = await chain.client.getBlock();
    const before = await chain.client.getBlock({ blockNumber: number - 1n });
    expect(before.gasUsed > before.gasLimit / 2n).to.equal(true);
    expect(baseFeePerGas).to.equal(0n);
  });
});
