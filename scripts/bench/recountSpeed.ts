import { openBundle } from "../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { timeInChromium } from "./browserSpeed.ts";
import { KIND } from "./chain/roll.ts";
import { makeEvidence } from "./evidence.ts";
import { timeSeconds } from "./speed.ts";
import type { Speed } from "./speed.ts";

const BALLOTS = 10_000;

/** What the processor did since `before`, all threads together, in seconds: what one core alone would need. */
function processorSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function verify(archive: Uint8Array): Promise<void> {
  const { verdict } = await verifyBundle(await openBundle(archive));
  if (verdict !== "ok") throw new Error(`the bundle is not in order: ${verdict}`);
}

/**
 * How fast 10,000 ballots are re-checked from an evidence bundle, everything else in it included: files, blocks,
 * state, roll, keys, every signature, tallies and outcome.
 */
export async function measureRecount(): Promise<Speed[]> {
  const rows: Speed[] = [];
  for (const [name, kind] of Object.entries(KIND)) {
    const archive = await makeEvidence(kind, BALLOTS);
    const before = process.cpuUsage();
    const seconds = await timeSeconds(() => verify(archive));
    const oneCore = processorSeconds(before);
    const what = `${BALLOTS.toLocaleString("en")} ballots from a bundle, ${name}`;
    const megabytes = archive.length / 1e6;
    rows.push(
      { name: what, value: seconds, unit: "s" },
      { name: `${what}: on one core`, value: oneCore, unit: "s" },
      { name: `${what}: in Chromium`, value: await timeInChromium(archive), unit: "s" },
      { name: `${what}: the file`, value: megabytes, unit: "MB" },
    );
  }
  return rows;
}
