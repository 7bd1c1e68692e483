import { hash } from "node:crypto";

// RFC 6962 as in protocol/anchor/log.ts, with Node's own SHA-256: a log of a million records is hashed in seconds.

const NODE = Buffer.alloc(65, 1);

export const hashLeaf = (text: string): Buffer => hash("sha256", `\0${text}`, "buffer");

export function hashNode(left: Buffer, right: Buffer): Buffer {
  // Every node is hashed at once, so one buffer is enough for all of them.
  left.copy(NODE, 1, 0, 32);
  right.copy(NODE, 33, 0, 32);
  return hash("sha256", NODE, "buffer");
}

export const toHex = (bytes: Buffer): string => `0x${bytes.toString("hex")}`;

/** The log so far: the roots of its complete subtrees, largest first. */
export class GrowingLog {
  readonly nodes: Buffer[] = [];
  size = 0;

  /** Appends a leaf; `onNode` is told every node that is now complete, the leaf first. */
  append(leaf: Buffer, onNode: (level: number, index: number, hash: Buffer) => void): void {
    let node = leaf;
    let index = this.size;
    onNode(0, index, node);
    for (let level = 1; index % 2 === 1; level += 1) {
      index = (index - 1) / 2;
      node = hashNode(this.nodes.pop()!, node);
      onNode(level, index, node);
    }
    this.nodes.push(node);
    this.size += 1;
  }

  get root(): Buffer {
    const [last, ...rest] = this.nodes.toReversed();
    return rest.reduce(
      (right, left) => hashNode(left, right),
      last ?? hash("sha256", "", "buffer"),
    );
  }
}
