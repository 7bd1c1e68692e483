import { readCertificates, verifyTimestamp } from "../../../protocol/anchor/timestamp.ts";
import { openCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import { formatNote, parseNote } from "../../../protocol/anchor/tlog/note.ts";
import { checkQuorum, parsePolicy } from "../../../protocol/anchor/tlog/policy.ts";
import type { HeadAttestation } from "../../../protocol/verify/bundle/trust.ts";
import { Unusable, readFile } from "../input.ts";

const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Enough of the witnesses of a policy file (c2sp.org/tlog-policy) have cosigned, and no cosignature is wrong. */
async function readWitnesses(file: string): Promise<HeadAttestation> {
  const text = toText(await readFile(file));
  try {
    const policy = parsePolicy(text);
    const keys = policy.witnesses.map(({ key }) => key);
    return {
      name: "headCosigned",
      reason: "witnesses",
      async ask(checkpoint) {
        const { signatures } = openCheckpoint(checkpoint, keys);
        const { isReached, cosigned } = checkQuorum(policy, signatures);
        const isWrong = signatures.some(({ status }) => status === "failed");
        const fault = isReached ? undefined : "tooFew";
        return { found: cosigned.join(" "), fault: isWrong ? "wrongSignature" : fault };
      },
    };
  } catch (cause) {
    if (!(cause instanceof NoteInvalid)) throw cause;
    throw new Unusable(`${file} is no policy: ${cause.message}`, { cause });
  }
}

/** An RFC 3161 answer is about the head as the log alone has signed it. */
async function readTimestamp(file: string, authorities: string): Promise<HeadAttestation> {
  const answer = await readFile(file);
  const trusted = readCertificates(toText(await readFile(authorities)));
  if (trusted.length === 0) throw new Unusable(`${authorities} holds no certificate`);
  return {
    name: "headTimestamped",
    reason: "timestamp",
    async ask(checkpoint) {
      const { text, signatures } = parseNote(checkpoint);
      const alone = formatNote({ text, signatures: signatures.slice(0, 1) });
      const found = await verifyTimestamp(answer, new TextEncoder().encode(alone), trusted);
      if (found.status === "failed") return { found: found.fault, fault: "differs" };
      return { found: `${found.at.toISOString()} ${found.authority}` };
    },
  };
}

/** The options that name who else has seen the log's last head. */
export type AttestationOptions = {
  policy?: string | undefined;
  timestamp?: string | undefined;
  "timestamp-ca"?: string | undefined;
};

/** What others say of the last head, as the options name them. */
export async function readAttestations(options: AttestationOptions): Promise<HeadAttestation[]> {
  const { policy, timestamp, "timestamp-ca": authorities } = options;
  if ((timestamp === undefined) !== (authorities === undefined)) {
    throw new Unusable("--timestamp and --timestamp-ca go together");
  }
  return [
    ...(policy === undefined ? [] : [await readWitnesses(policy)]),
    ...(timestamp !== undefined && authorities !== undefined
      ? [await readTimestamp(timestamp, authorities)]
      : []),
  ];
}
