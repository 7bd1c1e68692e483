import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ChainSettings } from "../../../api/chain/service.ts";
import { Bench, contracts, eventually, RELAYER_KEY } from "./harness.ts";
import { FUNDED_KEY, startHardhatNode } from "./nodes.ts";
import type { TestNode } from "./nodes.ts";

const SCRIPT = fileURLToPath(import.meta.resolve("./crashing.ts"));

/** When a process is killed, each time by chance: while it starts, from when it is ready, or once it acknowledged some. */
const MOMENTS = ["busy", "ready", "busy", "starting"] as const;
/** On a slow machine too, half of all kills come after so many. */
const BUSY = 3;

/** Runs the process and kills it; returns what it acknowledged. */
async function runAndKill(
  args: string[],
  moment: (typeof MOMENTS)[number] | undefined,
): Promise<string[]> {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const killWithin = (milliseconds: number): void => {
    setTimeout(() => child.kill("SIGKILL"), Math.random() * milliseconds);
  };
  if (moment === "starting") setTimeout(killWithin, 500, 1000);
  const acknowledged: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    const isNote = line.startsWith("note ");
    if (isNote) acknowledged.push(line.slice("note ".length));
    else if (moment === "ready") killWithin(250);
    if (isNote && moment === "busy" && acknowledged.length === BUSY) killWithin(250);
  });
  await once(child, "close");
  return acknowledged;
}

async function killRepeatedly(
  bench: Bench,
  times: number,
  settings: Partial<ChainSettings> & { relayerKey: `0x${string}` },
): Promise<void> {
  const first = await bench.start(settings);
  await bench.deploy(first);
  await bench.stop(first);
  const { relayerKey, rpcUrl = "embedded" } = settings;
  const args = [bench.database.url, rpcUrl, relayerKey, JSON.stringify(contracts())];
  const acknowledged: string[] = [];
  for (let i = 0; i < times; i++) {
    acknowledged.push(...(await runAndKill(args, MOMENTS[i % MOMENTS.length])));
  }
  expect(acknowledged.length).to.be.greaterThan(times);

  const chain = await bench.open(settings);
  chain.onMined("note", async (tx, { ref }) => {
    await tx.setting.create({ data: { key: `handled ${ref} ${crypto.randomUUID()}`, value: 1 } });
  });
  chain.start();
  const { client } = bench.database;
  const open = { where: { state: { in: ["waiting", "sent"] as ("waiting" | "sent")[] } } };
  await eventually(async () => (await client.chainCall.count(open)) === 0, 60);

  const handled = await client.setting.findMany({ where: { key: { startsWith: "handled" } } });
  const handledRefs = handled.map(({ key }) => key.split(" ")[1]!);
  expect(new Set(handledRefs).size, "no handler twice").to.equal(handledRefs.length);
  expect(handledRefs, "nothing acknowledged is lost").to.include.members(acknowledged);
  for (const ref of handledRefs.slice(0, 50).concat(handledRefs.slice(-50)))
    expect(await bench.timesOf(chain, ref), ref).to.equal(1);
  const count = await chain.client.readContract({
    address: (await chain.findContracts(client, "c"))!.anchor,
    abi: contracts().anchor.abi,
    functionName: "count",
  });
  expect(Number(count), "nothing twice on chain").to.equal(handledRefs.length);
}

describe("a service killed at any instant", function () {
  this.timeout(180_000);
  let bench: Bench;
  let node: TestNode;
  before(async () => {
    node = await startHardhatNode();
  });
  after(() => node.stop());
  beforeEach(async () => {
    bench = await Bench.create();
    bench.clock.seconds = Math.floor(Date.now() / 1000);
  });
  afterEach(() => bench.close());

  it("loses nothing acknowledged and does nothing twice on the embedded chain, killed twenty times", () =>
    killRepeatedly(bench, 20, { relayerKey: RELAYER_KEY }));

  it("loses nothing acknowledged and does nothing twice on an external node, killed eight times", () =>
    killRepeatedly(bench, 8, { relayerKey: FUNDED_KEY, rpcUrl: node.url }));
});
