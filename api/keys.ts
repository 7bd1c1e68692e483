import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isHex } from "viem";
import type { Hex } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { errorCode } from "./database/failure.ts";

/** The installation's secrets, each in a file that only its user may read. */
export interface Keys {
  relayer: Hex;
  /** Encrypts identity data: without it the database's personal data cannot be read. */
  identity: Buffer;
  /** From which every log has the key that signs its checkpoints. */
  log: Hex;
  operatorTokenHash: string;
  /** Exactly when it was made just now: it is shown once and kept nowhere. */
  newOperatorToken: string | undefined;
}

/** Reads the keys of a data directory; makes those that are missing. */
export function openKeys(dataDirectory: string): Keys {
  const directory = path.join(dataDirectory, "keys");
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const relayer = readOrCreate(path.join(directory, "relayer"), generatePrivateKey);
  const identity = readOrCreate(path.join(directory, "identity"), () => randomHex(32));
  const log = readOrCreate(path.join(directory, "log"), () => randomHex(32));
  let newOperatorToken: string | undefined;
  const operatorTokenHash = readOrCreate(path.join(directory, "operator-token.sha256"), () => {
    newOperatorToken = randomBytes(24).toString("base64url");
    return createHash("sha256").update(newOperatorToken).digest("hex");
  });
  return {
    relayer: requireKey(relayer, "relayer"),
    identity: Buffer.from(requireKey(identity, "identity").slice(2), "hex"),
    log: requireKey(log, "log"),
    operatorTokenHash,
    newOperatorToken,
  };
}

const randomHex = (bytes: number): Hex => `0x${randomBytes(bytes).toString("hex")}`;

/** Of two starts at once the first one's file stands. */
function readOrCreate(file: string, create: () => string): string {
  try {
    return fs.readFileSync(file, "utf8").trim();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const content = create();
  const draft = `${file}.${crypto.randomUUID()}`;
  fs.writeFileSync(draft, `${content}\n`, { mode: 0o600, flush: true });
  try {
    fs.linkSync(draft, file);
    return content;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return fs.readFileSync(file, "utf8").trim();
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function requireKey(text: string, name: string): Hex {
  if (isHex(text) && text.length === 66) return text;
  throw new Error(`The key file keys/${name} does not hold a key: restore it from a backup.`);
}
