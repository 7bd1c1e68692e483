import { hkdfSync } from "node:crypto";
import type { Hex } from "viem";
import { hexToBytes } from "viem";
import {
  type NoteSigner,
  formatVerifierKey,
  verifierKeyOf,
} from "../../../protocol/anchor/tlog/key.ts";

/** The keys with which logs sign their checkpoints. */
export interface LogKeys {
  signerOf(origin: string): NoteSigner;
  /** The public key of the log of this name, as a `vkey`. */
  keyOf(origin: string): string;
}

/** One secret of the installation, from which every log has a key of its own: the same key never signs for two. */
export function createLogKeys(secret: Hex): LogKeys {
  const signerOf = (name: string): NoteSigner => {
    const seed = hkdfSync("sha256", hexToBytes(secret), "", `mingzhang log key ${name}`, 32);
    return { name, seed: new Uint8Array(seed) };
  };
  return {
    signerOf,
    keyOf: (origin) => formatVerifierKey(verifierKeyOf(signerOf(origin), "ed25519")),
  };
}
