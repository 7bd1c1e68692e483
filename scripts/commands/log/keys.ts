import fs from "node:fs/promises";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import { type VerifierKey, parseVerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { type Policy, parsePolicy } from "../../../protocol/anchor/tlog/policy.ts";
import { Unusable } from "../input.ts";

/** Keys and policy that a checkpoint is held against. */
export type Trust = { log: VerifierKey; witnesses: VerifierKey[]; policy?: Policy };

function readKey(text: string): VerifierKey {
  try {
    return parseVerifierKey(text);
  } catch (cause) {
    if (!(cause instanceof NoteInvalid)) throw cause;
    throw new Unusable(`not a key (vkey) that can be checked here: ${text}`, { cause });
  }
}

/** Reads a policy file of c2sp.org/tlog-policy. */
export async function readPolicy(path: string): Promise<Policy> {
  try {
    return parsePolicy(await fs.readFile(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof NoteInvalid ? cause.message : "cannot be read";
    throw new Unusable(`${path}: ${reason}`, { cause });
  }
}

/** The keys named on the command line; witnesses of the policy too. */
export async function readTrust(options: {
  key?: string | undefined;
  witness?: readonly string[] | undefined;
  policy?: string | undefined;
}): Promise<Trust> {
  if (options.key === undefined) throw new Unusable("which log? --key <vkey>");
  const policy = options.policy === undefined ? undefined : await readPolicy(options.policy);
  const named = (options.witness ?? []).map(readKey);
  const witnesses = [...named, ...(policy?.witnesses.map(({ key }) => key) ?? [])];
  return { log: readKey(options.key), witnesses, ...(policy ? { policy } : {}) };
}
