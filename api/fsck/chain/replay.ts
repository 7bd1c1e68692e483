import { bytesToHex } from "viem";
import type { Hex } from "viem";
import { BlockDiffers } from "../../chain/embedded/evm.ts";
import type { Evm } from "../../chain/embedded/evm.ts";
import type { ChainBlock } from "../../database/generated/client.ts";
import type { Inspection } from "../inspection.ts";
import type { Snapshot } from "../snapshot.ts";

export interface ReplayDeps {
  snapshot: Snapshot;
  inspection: Inspection;
  evm: Evm;
}

type Block = ChainBlock & { raws: Uint8Array[] };

const BLOCKS = `
  SELECT b.*, coalesce(
    (SELECT array_agg(t."raw" ORDER BY t."position") FROM "ChainTransaction" t
      WHERE t."blockNumber" = b."number" AND t."state" <> 'refused'), '{}') AS raws
  FROM "ChainBlock" b ORDER BY b."number"`;

/** A handful: the raw transactions of a block can be megabytes. */
const BLOCKS_AT_ONCE = 20;

/**
 * Mines the journal's blocks anew. A block that comes out otherwise while the next ones come out as they were has only
 * its own hash wrong; where all that follow differ too, the first one is named and the chain cannot be compared with.
 * Returns whether it can.
 */
export async function replaySnapshot(deps: ReplayDeps): Promise<boolean> {
  const replay = new Replay(deps);
  for await (const blocks of deps.snapshot.batches<Block>(BLOCKS, [], BLOCKS_AT_ONCE)) {
    for (const block of blocks) {
      if (!(await replay.take(block))) return replay.end();
    }
  }
  return replay.end();
}

interface Suspect {
  block: Block;
  /** Undefined: the chain does not take it. */
  found: Hex | undefined;
}

class Replay {
  readonly #deps: ReplayDeps;
  /** Blocks that came out otherwise since the last one that did not. */
  #suspects: Suspect[] = [];
  #next = 1n;
  #isBroken = false;

  constructor(deps: ReplayDeps) {
    this.#deps = deps;
  }

  /** False: what follows cannot be mined. */
  async take(block: Block): Promise<boolean> {
    const { inspection, evm } = this.#deps;
    inspection.count("ChainBlock");
    if (block.number !== this.#next) {
      inspection.missing({ table: "ChainBlock", row: String(this.#next) });
      this.#isBroken = true;
      return false;
    }
    this.#next += 1n;
    // Journaled a moment ago, and not mined yet.
    if (block.hash === null) {
      inspection.skip(`ChainBlock ${block.number}`, "underWay");
      return true;
    }
    const found = await mine(evm, block);
    if (found !== block.hash) this.#suspects.push({ block, found });
    else for (const suspect of this.#suspects.splice(0)) this.#name(suspect, "hash");
    return found !== undefined;
  }

  #name({ block, found }: Suspect, field: string): void {
    const place = { table: "ChainBlock", row: String(block.number), field };
    this.#deps.inspection.equal(place, block.hash, found ?? "refused");
  }

  end(): boolean {
    const { inspection } = this.#deps;
    const [first, ...others] = this.#suspects;
    if (first) this.#name(first, "hash, timestamp or transactions");
    // The first block stands on the settings alone.
    if (first?.block.number === 1n) {
      const place = { table: "Setting", row: "chain", field: "value, or block 1" };
      inspection.find({ kind: "differs", ...place });
    }
    // A single last block may have lost nothing but its hash: the state that it leads to is compared all the same.
    const isWhole = !first || (others.length === 0 && first.found !== undefined);
    if (isWhole && !this.#isBroken) return true;
    inspection.skip("chain", "dependsOnFailed");
    return false;
  }
}

/** Undefined: the chain does not take a transaction of it. */
async function mine(evm: Evm, { number, timestamp, raws }: Block): Promise<Hex | undefined> {
  try {
    const raw = raws.map((bytes) => bytesToHex(bytes));
    return (await evm.mine({ number, timestamp }, raw)).hash;
  } catch (error) {
    // Whatever else the chain objects to, a time that goes back for one, comes of what the journal says.
    return error instanceof BlockDiffers ? error.found.hash : undefined;
  }
}
