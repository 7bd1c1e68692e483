import { createMPT, MerklePatriciaTrie, updateMPTFromMerkleProof } from "@ethereumjs/mpt";
import { type Hex, bytesToHex, hexToBytes, keccak256 } from "viem";
import { encodeRlp } from "./rlp.ts";

// The tries are @ethereumjs/mpt's. A proof's nodes are filed under the hash of their bytes, and a
// reader follows hashes from the root: what does not belong there is simply never come to.

/** The root of a trie with nothing in it: of the RLP of an empty string. */
export const EMPTY_ROOT: Hex = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

/** The root of the trie of a block's transactions or receipts, where the key is the RLP of the place. */
export async function orderedRoot(items: readonly Hex[]): Promise<Hex> {
  const trie = await createMPT();
  for (const [place, item] of items.entries()) {
    await trie.put(encodeRlp(place), hexToBytes(item));
  }
  return bytesToHex(trie.root());
}

/** Nodes of tries, to be read from any root that they belong to. */
export class ProofNodes {
  readonly #nodes: Uint8Array[];
  readonly #tries = new Map<Hex, Promise<MerklePatriciaTrie>>();

  constructor(nodes: readonly Hex[]) {
    this.#nodes = nodes.map((node) => hexToBytes(node));
  }

  async #open(root: Hex): Promise<MerklePatriciaTrie> {
    const trie = new MerklePatriciaTrie({ root: hexToBytes(root) });
    await updateMPTFromMerkleProof(trie, this.#nodes);
    return trie;
  }

  /**
   * What the trie of this root holds under the hash of `key`; null when it is proven to hold nothing
   * there. Rejects when the nodes do not lead that far.
   */
  async get(root: Hex, key: Hex): Promise<Uint8Array | null> {
    if (root === EMPTY_ROOT) return null;
    const trie = this.#tries.get(root) ?? this.#open(root);
    this.#tries.set(root, trie);
    return (await trie).get(hexToBytes(keccak256(key)), true);
  }
}
