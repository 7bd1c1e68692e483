import fs from "node:fs";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import { type Policy, parsePolicy } from "../../../protocol/anchor/tlog/policy.ts";
import { readCertificates } from "../../../protocol/anchor/timestamp.ts";
import { type Settings, SettingsInvalid } from "../../config.ts";

/** An authority of timestamps: where it answers, and the certificates (DER) under which its word counts. */
export interface Authority {
  url: string;
  trusted: Uint8Array[];
}

/** Who looks at a log from outside: witnesses by a policy file, an authority of timestamps. */
export interface Outside {
  /** The policy file, word for word, and what it says. */
  policy: { text: string; policy: Policy } | undefined;
  authority: Authority | undefined;
}

/** Reads the files that the settings name. Throws SettingsInvalid. */
export function readOutside(settings: Settings): Outside {
  const { witnesses, timestampUrl, timestampCa } = settings;
  return {
    policy: witnesses === undefined ? undefined : readPolicy(witnesses),
    authority:
      timestampUrl === undefined || timestampCa === undefined
        ? undefined
        : { url: timestampUrl, trusted: readAuthorities(timestampCa) },
  };
}

function read(file: string, setting: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (cause) {
    throw new SettingsInvalid(`${setting}: ${file} cannot be read`, { cause });
  }
}

function readPolicy(file: string): NonNullable<Outside["policy"]> {
  const text = read(file, "WITNESSES");
  try {
    return { text, policy: parsePolicy(text) };
  } catch (cause) {
    if (!(cause instanceof NoteInvalid)) throw cause;
    throw new SettingsInvalid(`WITNESSES: ${file} is no policy (${cause.message})`, { cause });
  }
}

function readAuthorities(file: string): Uint8Array[] {
  const trusted = readCertificates(read(file, "TIMESTAMP_CA"));
  if (trusted.length > 0) return trusted;
  throw new SettingsInvalid(`TIMESTAMP_CA: ${file} holds no certificate`);
}
