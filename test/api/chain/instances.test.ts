import { expect } from "chai";
import type { Chain } from "../../../api/chain/service.ts";
import { execute } from "../../database/admin.ts";
import { Bench, eventually } from "./harness.ts";

describe("several instances of the service on one database", () => {
  let bench: Bench;
  let chains: Chain[];
  let handled: string[];

  beforeEach(async () => {
    bench = await Bench.create();
    handled = [];
    const first = await bench.start();
    await bench.deploy(first);
    chains = [first, await bench.start(), await bench.start()];
    for (const [index, chain] of chains.entries())
      chain.onMined("note", async (_tx, { ref }) => void handled.push(`${ref} by ${index}`));
  });
  afterEach(() => bench.close());

  const drivers = (): number => new Set(handled.map((entry) => entry.split(" by ")[1])).size;
  const driving = async (): Promise<boolean[]> =>
    Promise.all(chains.map(async (chain) => (await chain.status()).driving));

  it("lets one drive, wakes it from the others, and shows all the same chain", async () => {
    expect(await driving()).to.deep.equal([true, false, false]);
    await bench.note(chains[2]!, "a");
    await eventually(() => handled.length === 1);
    expect(handled).to.deep.equal(["a by 0"]);
    const { hash } = await chains[0]!.client.getBlock();
    for (const chain of chains)
      await eventually(async () => (await chain.client.getBlock()).hash === hash);
    expect(await bench.timesOf(chains[1]!, "a")).to.equal(1);
  });

  it("hands over when the driver stops", async () => {
    await bench.stop(chains.shift()!);
    await bench.note(chains[0]!, "a");
    await eventually(() => handled.length === 1);
    expect((await driving()).filter(Boolean)).to.have.length(1);
  });

  it("hands over when the driver loses its connection, with nothing done twice", async () => {
    const notes = Array.from({ length: 60 }, (_, i) => `note ${i}`);
    for (const [index, note] of notes.entries()) {
      await bench.note(chains[index % 3]!, note);
      if (index % 10 === 9) await cutDriver();
    }
    await eventually(() => handled.length >= notes.length, 20);
    // Who was cut off may be the first to come back: that goes on until another one was quicker.
    for (let more = 0; drivers() === 1 && more < 40; more++) {
      notes.push(`more ${more}`);
      await bench.note(chains[more % 3]!, `more ${more}`);
      await cutDriver();
      await eventually(() => handled.length >= notes.length, 20);
    }
    expect(handled.map((entry) => entry.split(" by ")[0])).to.have.members(notes);
    // An instance that does not drive replays the last blocks a moment later.
    const last = notes.slice(-5);
    await eventually(async () => (await bench.timesOf(chains[1]!, last.at(-1)!)) > 0);
    for (const note of last) expect(await bench.timesOf(chains[1]!, note)).to.equal(1);
    expect(drivers()).to.be.greaterThan(1);
  });

  const cutDriver = (): Promise<unknown> =>
    execute(
      bench.database.url,
      "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database()",
    );
});
