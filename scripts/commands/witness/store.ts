import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { bytesToHex, hexToBytes, isHex } from "viem";
import { isSignedBy, openCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import {
  type NoteSigner,
  type VerifierKey,
  verifierKeyOf,
} from "../../../protocol/anchor/tlog/key.ts";
import type { Witnessed } from "../../../protocol/anchor/tlog/witness.ts";
import { Unusable } from "../input.ts";

/** The address of a log at its witnesses: SHA-256 of the origin, in hex. */
export function originHash(origin: string): string {
  return createHash("sha256").update(origin).digest("hex");
}

const EVIDENCE_LIMIT = 1000;

/** On the disk, whatever happens next. A reader sees the old file or the new one, never a part. */
function writeDurably(file: string, content: string, mode = 0o644): void {
  const draft = `${file}.part`;
  fs.writeFileSync(draft, content, { mode, flush: true });
  fs.renameSync(draft, file);
  const directory = fs.openSync(path.dirname(file), "r");
  try {
    fs.fsyncSync(directory);
  } finally {
    fs.closeSync(directory);
  }
}

/**
 * The folder of a witness: its key, and for each log the last checkpoint that it cosigned, as a signed note. All of
 * it is written before the cosignature leaves, and without waiting in between, so that no two requests interleave.
 */
export class WitnessStore {
  readonly signer: NoteSigner;
  readonly #directory: string;
  readonly #notes = new Map<string, string>();
  readonly #last = new Map<string, Witnessed>();

  constructor(directory: string, name: string) {
    this.#directory = directory;
    for (const part of ["logs", "evidence"]) {
      fs.mkdirSync(path.join(directory, part), { recursive: true, mode: 0o700 });
    }
    this.#lock();
    this.signer = { name, seed: this.#openKey() };
    this.#load();
  }

  /** Two witnesses on one folder could cosign both sides of a fork. */
  #lock(): void {
    const file = path.join(this.#directory, "lock");
    const owner = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
    if (owner > 0 && owner !== process.pid && isRunning(owner)) {
      throw new Unusable(`another witness (process ${owner}) uses ${this.#directory}`);
    }
    fs.writeFileSync(file, String(process.pid));
  }

  close(): void {
    fs.rmSync(path.join(this.#directory, "lock"), { force: true });
  }

  #openKey(): Uint8Array {
    const file = path.join(this.#directory, "key");
    if (!fs.existsSync(file)) writeDurably(file, `${bytesToHex(randomBytes(32))}\n`, 0o600);
    const text = fs.readFileSync(file, "utf8").trim();
    if (!isHex(text) || text.length !== 66) throw new Unusable(`${file} does not hold a key`);
    return hexToBytes(text);
  }

  /** What was kept must be what this key has cosigned: anything else would be a forgotten head. */
  #load(): void {
    const key: VerifierKey = verifierKeyOf(this.signer, "cosignature");
    for (const name of fs.readdirSync(path.join(this.#directory, "logs"))) {
      if (name.endsWith(".part")) continue;
      const file = path.join(this.#directory, "logs", name);
      const note = fs.readFileSync(file, "utf8");
      const opened = openCheckpoint(note, [key]);
      const { origin } = opened.checkpoint;
      if (!isSignedBy(opened, key) || originHash(origin) !== name) {
        throw new Unusable(`${file} is not what this witness has cosigned: restore it`);
      }
      this.#remember(note);
    }
  }

  #remember(note: string): void {
    const { origin, size, root } = openCheckpoint(note, []).checkpoint;
    this.#notes.set(originHash(origin), note);
    this.#last.set(origin, { size, root });
  }

  lastOf(origin: string): Witnessed | undefined {
    return this.#last.get(origin);
  }

  /** The last cosigned checkpoint by its log's address. */
  noteAt(hash: string): string | undefined {
    return this.#notes.get(hash);
  }

  keep(note: string): void {
    const { origin } = openCheckpoint(note, []).checkpoint;
    writeDurably(path.join(this.#directory, "logs", originHash(origin)), note);
    this.#remember(note);
  }

  /** A checkpoint that its log has signed and that does not continue what was cosigned: proof against the log. */
  keepEvidence(request: string): void {
    const folder = path.join(this.#directory, "evidence");
    const name = createHash("sha256").update(request).digest("hex");
    if (fs.readdirSync(folder).length < EVIDENCE_LIMIT) {
      writeDurably(path.join(folder, name), request);
    }
  }
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}
