import { type Hex, bytesToHex, hexToBytes, keccak256 } from "viem";
import { type Nested, decodeRlp, encodeRlp } from "./rlp.ts";

// In the build of the verifier this file takes the place of protocol/verify/block/trie.ts, whose
// library would be an eighth of the page. A test compares it with the library.

/** The root of a trie with nothing in it: of the RLP of an empty string. */
export const EMPTY_ROOT: Hex = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

type Nibbles = readonly number[];
type Item = { path: Nibbles; value: Uint8Array };

const EMPTY = new Uint8Array();
const BRANCH = 17;

const toNibbles = (bytes: Uint8Array): number[] => [...bytes].flatMap((b) => [b >> 4, b & 15]);

/** Hex-prefix encoding (Yellow Paper, appendix C). */
function packPath(path: Nibbles, leaf: boolean): Uint8Array {
  const odd = path.length % 2;
  const flag = (leaf ? 2 : 0) + odd;
  const all = odd ? [flag, ...path] : [flag, 0, ...path];
  return Uint8Array.from(
    { length: all.length / 2 },
    (_, i) => (all[2 * i]! << 4) | all[2 * i + 1]!,
  );
}

/** A node as its parent holds it: itself where it is short, else its hash. */
function reference(node: Nested): Nested {
  const rlp = encodeRlp(node);
  return rlp.length < 32 ? node : keccak256(rlp, "bytes");
}

function sharedLength(items: readonly Item[], from: number): number {
  const [first] = items;
  let length = from;
  while (items.every(({ path }) => length < path.length && path[length] === first!.path[length]))
    length += 1;
  return length - from;
}

/** The node over items whose paths agree up to `from` (Yellow Paper, appendix D). */
function buildNode(items: readonly Item[], from: number): Nested {
  const [first] = items;
  if (!first) return EMPTY;
  if (items.length === 1) return [packPath(first.path.slice(from), true), first.value];
  const shared = sharedLength(items, from);
  if (shared > 0) {
    const path = packPath(first.path.slice(from, from + shared), false);
    return [path, reference(buildNode(items, from + shared))];
  }
  const groups = Map.groupBy(items, ({ path }) => path[from]);
  const children = Array.from({ length: 16 }, (_, nibble): Nested => {
    const group = groups.get(nibble);
    return group ? reference(buildNode(group, from + 1)) : EMPTY;
  });
  return [...children, groups.get(undefined)?.[0]?.value ?? EMPTY];
}

/** The root of the trie of a block's transactions or receipts, where the key is the RLP of the place. */
export async function orderedRoot(items: readonly Hex[]): Promise<Hex> {
  if (items.length === 0) return EMPTY_ROOT;
  const all = items.map((item, place): Item => {
    return { path: toNibbles(encodeRlp(place)), value: hexToBytes(item) };
  });
  return keccak256(encodeRlp(buildNode(all, 0)));
}

/** The path that a leaf or an extension stands for. */
function unpackPath(packed: Uint8Array): { path: number[]; leaf: boolean } {
  const nibbles = toNibbles(packed);
  const flag = nibbles[0]!;
  return { path: nibbles.slice(flag & 1 ? 1 : 2), leaf: (flag & 2) !== 0 };
}

/** Nodes of tries, to be read from any root that they belong to. */
export class ProofNodes {
  readonly #nodes: Map<Hex, Uint8Array>;

  constructor(nodes: readonly Hex[]) {
    this.#nodes = new Map(nodes.map((node) => [keccak256(node), hexToBytes(node)]));
  }

  #follow(item: Nested): Nested {
    if (Array.isArray(item)) return item;
    if (item.length === 0) return EMPTY;
    const node = this.#nodes.get(bytesToHex(item));
    if (!node) throw new RangeError("a node of the trie is missing");
    return decodeRlp(node);
  }

  #read(item: Nested, path: Nibbles): Uint8Array | null {
    const node = this.#follow(item);
    if (!Array.isArray(node)) return null;
    if (node.length === BRANCH) {
      const next = path.length === 0 ? node[16]! : node[path[0]!]!;
      if (path.length > 0) return this.#read(next, path.slice(1));
      return next instanceof Uint8Array && next.length > 0 ? next : null;
    }
    const [packed, next] = node as [Uint8Array, Nested];
    const own = unpackPath(packed);
    if (!own.path.every((nibble, i) => nibble === path[i])) return null;
    const rest = path.slice(own.path.length);
    if (!own.leaf) return this.#read(next, rest);
    return rest.length === 0 && next instanceof Uint8Array ? next : null;
  }

  /**
   * What the trie of this root holds under the hash of `key`; null when it is proven to hold nothing
   * there. Rejects when the nodes do not lead that far.
   */
  async get(root: Hex, key: Hex): Promise<Uint8Array | null> {
    if (root === EMPTY_ROOT) return null;
    return this.#read(hexToBytes(root), toNibbles(keccak256(key, "bytes")));
  }
}
