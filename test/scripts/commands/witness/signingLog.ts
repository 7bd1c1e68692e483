import {
  type Hash,
  emptyRoot,
  logLeaf,
  logRoot,
  proveConsistency,
} from "../../../../protocol/anchor/log.ts";
import { signCheckpoint } from "../../../../protocol/anchor/tlog/checkpoint.ts";
import { formatVerifierKey, verifierKeyOf } from "../../../../protocol/anchor/tlog/key.ts";
import { formatNote } from "../../../../protocol/anchor/tlog/note.ts";
import { encodeBundle, encodeTile } from "../../../../protocol/anchor/tlog/tile.ts";
import { formatAddCheckpoint } from "../../../../protocol/anchor/tlog/witness.ts";

/** A log that signs whatever it is told to; logs of one name and different entries are forks of each other. */
export class SigningLog {
  readonly signer = { name: "example.com/log", seed: new Uint8Array(32).fill(5) };
  readonly vkey = formatVerifierKey(verifierKeyOf(this.signer, "ed25519"));
  readonly entries: Uint8Array[];
  readonly leaves: Hash[];

  constructor(size: number, entryOf: (index: number) => string = (index) => `entry ${index}`) {
    this.entries = Array.from({ length: size }, (_, i) => new TextEncoder().encode(entryOf(i)));
    this.leaves = this.entries.map(logLeaf);
  }

  root(size: number): Hash {
    return size === 0 ? emptyRoot() : logRoot(this.leaves.slice(0, size));
  }

  checkpoint(size: number, root = this.root(size)): string {
    const head = { origin: this.signer.name, size: BigInt(size), root, extensions: [] };
    return formatNote(signCheckpoint(head, this.signer));
  }

  /** What is submitted to a witness that last saw `old` entries. */
  request(old: number, size: number): string {
    const proof = old === 0 || old > size ? [] : proveConsistency(this.leaves.slice(0, size), old);
    return formatAddCheckpoint({ old: BigInt(old), proof, checkpoint: this.checkpoint(size) });
  }

  /** The tiles of a log of at most 256 entries. */
  tiles(): Map<string, Uint8Array> {
    const width = this.leaves.length === 256 ? "" : `.p/${this.leaves.length}`;
    return new Map([
      [`tile/0/000${width}`, encodeTile(this.leaves)],
      [`tile/entries/000${width}`, encodeBundle(this.entries)],
    ]);
  }
}
