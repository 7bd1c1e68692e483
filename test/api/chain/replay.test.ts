import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { Hex } from "viem";
import { startEvm } from "../../../api/chain/embedded/evm.ts";
import type { ChainRefusal } from "../../../api/chain/failure.ts";
import { Bench, eventually } from "./harness.ts";

interface Journal {
  chainId: number;
  genesisTime: string;
  blocks: { number: string; timestamp: string; hash: Hex; raws: Hex[] }[];
}

describe("replay of the journal", () => {
  let bench: Bench;
  let hash: Hex;

  beforeEach(async () => {
    bench = await Bench.create();
    const chain = await bench.start();
    await bench.deploy(chain);
    for (const ref of ["a", "b", "c"]) {
      bench.clock.seconds += 5;
      await bench.note(chain, ref, `${ref}2`);
      chain.wake();
      await eventually(async () => (await bench.stateOf(`${ref}2`)) === "mined");
    }
    hash = (await chain.client.getBlock()).hash;
    await bench.stop(chain);
  });
  afterEach(() => bench.close());

  const refusal = (): Promise<ChainRefusal> =>
    bench.open().then(
      () => expect.fail("the chain was opened"),
      (error: ChainRefusal) => error,
    );
  const db = () => bench.database.client;

  it("leads to the same blocks, and the chain goes on from there", async () => {
    const chain = await bench.start();
    expect((await chain.client.getBlock()).hash).to.equal(hash);
    expect(await bench.timesOf(chain, "b2")).to.equal(1);
    await bench.note(chain, "d");
    await eventually(async () => (await bench.stateOf("d")) === "mined");
    expect((await chain.client.getBlock()).parentHash).to.equal(hash);
  });

  it("leads to the older chain of an older backup, which goes its own way from there", async () => {
    const backup = await bench.restore();
    const chain = await bench.start();
    await bench.note(chain, "after the backup");
    await eventually(async () => (await bench.stateOf("after the backup")) === "mined");
    const restored = await backup.start();
    expect((await restored.client.getBlock()).hash).to.equal(hash);
    expect(await backup.timesOf(restored, "after the backup")).to.equal(0);
    await backup.note(restored, "instead");
    await eventually(async () => (await backup.stateOf("instead")) === "mined");
    await backup.close();
  });

  it("is the same whatever was asked in between", async () => {
    const chain = await bench.open();
    const address = (await chain.findContracts(db(), "c"))!.anchor;
    for (let i = 0; i < 20; i++) {
      await chain.client.getBlock({ blockTag: "pending" });
      await chain.client.call({ to: address, data: "0x12", blockTag: "pending" }).catch(() => 0);
    }
    chain.start();
    await bench.note(chain, "d");
    await eventually(async () => (await bench.stateOf("d")) === "mined");
    const { hash: found } = await chain.client.getBlock();
    await bench.stop(chain);
    expect((await (await bench.open()).client.getBlock()).hash).to.equal(found);
  });

  it("still leads to the blocks of a journal written by an earlier release", async () => {
    const file = new URL("../../vectors/chain/journal.json", import.meta.url);
    const journal = JSON.parse(readFileSync(file, "utf8")) as Journal;
    const { chainId, genesisTime } = journal;
    const evm = await startEvm({ chainId, timestamp: BigInt(genesisTime) });
    for (const { number, timestamp, hash: expected, raws } of journal.blocks) {
      const next = { number: BigInt(number), timestamp: BigInt(timestamp) };
      expect((await evm.mine(next, raws)).hash, `block ${number}`).to.equal(expected);
    }
    await evm.close();
  });

  it("names the block in which a transaction was changed", async () => {
    const row = await db().chainTransaction.findFirstOrThrow({ where: { blockNumber: 7n } });
    const raw = Uint8Array.from(row.raw);
    raw[40]! ^= 1;
    await db().chainTransaction.update({ where: { id: row.id }, data: { raw } });
    const { code, params } = await refusal();
    expect(code).to.equal("ChainTransactionDiffers");
    expect(params).to.include({ block: "7", expected: row.hash });
  });

  it("names the block from which a transaction was taken, with the hashes expected and found", async () => {
    const rows = await db().chainTransaction.findMany({ where: { blockNumber: 8n } });
    const last = rows.at(-1)!;
    await db().chainTransaction.delete({ where: { id: last.id } });
    await db().chainCall.delete({ where: { id: last.callId! } });
    const block = await db().chainBlock.findUniqueOrThrow({ where: { number: 8n } });
    const { code, params } = await refusal();
    expect(code).to.equal("ChainBlockDiffers");
    expect(params).to.include({ block: "8", expected: block.hash });
    expect(params["found"])
      .to.match(/^0x[0-9a-f]{64}$/)
      .and.not.equal(block.hash);
  });

  for (const data of [{ timestamp: 1_800_000_001n }, { hash: `0x${"ab".repeat(32)}` }]) {
    it(`names the block whose ${Object.keys(data).join()} was changed`, async () => {
      await db().chainBlock.update({ where: { number: 6n }, data });
      const { code, params } = await refusal();
      expect([code, params["block"]]).to.deep.equal(["ChainBlockDiffers", "6"]);
    });
  }

  it("names the first of two blocks that were exchanged", async () => {
    const place = (number: bigint, to: bigint) =>
      db().chainTransaction.updateMany({
        where: { blockNumber: number },
        data: { blockNumber: to },
      });
    await place(6n, 99n);
    await place(7n, 6n);
    await place(99n, 7n);
    const { code, params } = await refusal();
    expect([code, params["block"]]).to.deep.equal(["ChainBlockDiffers", "6"]);
  });

  it("names a block that is missing, within and at the end", async () => {
    await db().chainBlock.delete({ where: { number: 7n } });
    const within = await refusal();
    expect([within.code, within.params["block"]]).to.deep.equal(["ChainBlockMissing", "8"]);
    await db().chainBlock.delete({ where: { number: 8n } });
    const atEnd = await refusal();
    expect([atEnd.code, atEnd.params["block"]]).to.deep.equal(["ChainBlockMissing", "7"]);
  });

  it("misses the transaction of a call that was mined", async () => {
    await db().chainTransaction.deleteMany({ where: { blockNumber: 8n } });
    await db().chainBlock.delete({ where: { number: 8n } });
    const { code, params } = await refusal();
    expect([code, params["ref"]]).to.deep.equal(["ChainJournalIncomplete", "c"]);
  });

  it("refuses settings of another chain", async () => {
    const error = await bench.open({ chainId: 4242 }).catch((failure: ChainRefusal) => failure);
    expect(error).to.have.property("code", "ChainChanged");
  });
});
