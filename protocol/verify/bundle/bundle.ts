import type { Hex } from "viem";
import { z } from "zod";
import { canonicalBytes, parseCanonical } from "../../anchor/json.ts";
import { BOOK_FORMS, type BookForm, endingOf } from "../../fund/export/form.ts";
import { type WholeBlock, wholeBlockSchema } from "../block/whole.ts";
import { Checks, type Check } from "../report.ts";
import { CLAIM_FILES, type ClaimFiles } from "../dispute/names.ts";
import type { CommunityInfo, RecordEntry } from "../source.ts";
import { readArchive } from "./archive.ts";
import { extensionOf } from "./content.ts";
import { checkFiles, readManifest } from "./manifest.ts";
import type { Scope } from "./scope.ts";

const hex = z.templateLiteral(["0x", z.string().regex(/^([0-9a-f]{2})*$/)]);
const number = z.int().min(0);

const inclusionSchema = z.array(
  z.strictObject({ index: number, size: number, path: z.array(hex) }),
);
const consistencySchema = z.array(
  z.strictObject({ first: number, second: number, path: z.array(hex) }),
);
const codeSchema = z.array(z.strictObject({ address: hex, code: hex }));
const disclosedSchema = z.array(
  z.strictObject({
    index: number,
    fields: z.array(z.strictObject({ path: z.string(), salt: hex, value: z.string() })),
  }),
);
const stateSchema = z.strictObject({ nodes: z.array(hex) });

/**
 * Everything that a verification reads, kept in one file. It is as little trusted as a service:
 * what is in it was chosen by whoever made it, and proves only what its signatures and hashes prove.
 */
export type Bundle = {
  scope: Scope;
  community: CommunityInfo;
  records: RecordEntry[];
  inclusion: z.infer<typeof inclusionSchema>;
  consistency: z.infer<typeof consistencySchema>;
  /** Heads as the log has signed them (c2sp.org/tlog-checkpoint). */
  checkpoints: { size: number; note: string }[];
  documents: { sha256: Hex; bytes: Uint8Array }[];
  /** The books of closed periods as they were given out. */
  exports: { number: number; form: BookForm; bytes: Uint8Array }[];
  chain: {
    chainId: number;
    /** The last block: the state is proven as of it. */
    head: number;
    blocks: { number: number; block: WholeBlock }[];
    code: z.infer<typeof codeSchema>;
    /** Nodes of the tries of the head's state; null where the node gives no proofs. */
    state: z.infer<typeof stateSchema> | null;
  };
};

/** The names of a bundle's files. What a number or a hash stands for is in the name. */
const FILES = {
  record: /^records\/(0|[1-9]\d{0,14})\.json$/,
  document: /^documents\/([0-9a-f]{64})\.[a-z0-9]+$/,
  block: /^chain\/blocks\/(0|[1-9]\d{0,14})\.json$/,
  checkpoint: /^checkpoints\/(0|[1-9]\d{0,14})$/,
  export: /^exports\/period-([1-9]\d{0,14}\.[a-z]+)$/,
  disclosures: "records/disclosures.json",
  inclusion: "proofs/inclusion.json",
  consistency: "proofs/consistency.json",
  code: "chain/code.json",
  state: "chain/state.json",
} as const;

const text = new TextEncoder();

/** A bundle as files. Records are the very bytes that the log's leaves are hashes of. */
export function toFiles(bundle: Bundle): Map<string, Uint8Array> {
  const { records, inclusion, consistency, checkpoints, documents, exports, chain } = bundle;
  const files = new Map<string, Uint8Array>([
    [FILES.inclusion, canonicalBytes(inclusion)],
    [FILES.consistency, canonicalBytes(consistency)],
    [FILES.code, canonicalBytes(chain.code)],
  ]);
  if (chain.state) files.set(FILES.state, canonicalBytes(chain.state));
  const disclosed = records.flatMap(({ index, disclosures }) =>
    disclosures ? [{ index, fields: [...disclosures] }] : [],
  );
  if (disclosed.length > 0) files.set(FILES.disclosures, canonicalBytes(disclosed));
  for (const record of records) {
    files.set(`records/${record.index}.json`, text.encode(record.text));
  }
  for (const { size, note } of checkpoints) files.set(`checkpoints/${size}`, text.encode(note));
  for (const { sha256, bytes } of documents) {
    files.set(`documents/${sha256.slice(2)}.${extensionOf(bytes)}`, bytes);
  }
  for (const { number: period, form, bytes } of exports) {
    files.set(`exports/period-${period}.${endingOf(form)}`, bytes);
  }
  for (const { number: at, block } of chain.blocks) {
    files.set(`chain/blocks/${at}.json`, canonicalBytes(block));
  }
  return files;
}

/** Files of a name, by what the name says. */
function listFiles(
  files: ReadonlyMap<string, Uint8Array>,
  pattern: RegExp,
): [string, Uint8Array][] {
  return [...files].flatMap(([name, bytes]) => {
    const match = pattern.exec(name);
    return match ? [[match[1]!, bytes] as [string, Uint8Array]] : [];
  });
}

/** A bundle that was opened: what is in it, what was noticed on the way, and the files of a claim where there is one. */
export type OpenedBundle = { bundle: Bundle; checks: Check[]; claim?: ClaimFiles };

/** A file that says what somebody claims is a dispute file: those that belong to the claim. */
function findClaim(files: ReadonlyMap<string, Uint8Array>): { claim?: ClaimFiles } {
  const names: readonly string[] = Object.values(CLAIM_FILES);
  const own = new Map([...files].filter(([name]) => names.includes(name)));
  return own.size > 0 ? { claim: own } : {};
}

class FileReader {
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #checks: Checks;

  constructor(files: ReadonlyMap<string, Uint8Array>, checks: Checks) {
    this.#files = files;
    this.#checks = checks;
  }

  /** A file that cannot be read is named, and taken as if it were not there. */
  parse<Content>(schema: z.ZodType<Content>, name: string, bytes = this.#files.get(name)) {
    if (!bytes) return undefined;
    try {
      return schema.parse(parseCanonical(bytes));
    } catch {
      const broken = { expected: "", found: "", detail: "malformed" } as const;
      this.#checks.that(false, { name: "bundleFile", subject: name, ...broken });
      return undefined;
    }
  }

  blocks(): Bundle["chain"]["blocks"] {
    return listFiles(this.#files, FILES.block)
      .flatMap(([at, bytes]) => {
        const block = this.parse(wholeBlockSchema, `chain/blocks/${at}.json`, bytes);
        return block ? [{ number: Number(at), block }] : [];
      })
      .sort((a, b) => a.number - b.number);
  }

  records(): RecordEntry[] {
    const disclosed = this.parse(disclosedSchema, FILES.disclosures) ?? [];
    const fieldsOf = new Map(disclosed.map(({ index, fields }) => [index, fields]));
    return listFiles(this.#files, FILES.record)
      .map(([name, bytes]): RecordEntry => {
        const index = Number(name);
        const text = new TextDecoder().decode(bytes);
        const disclosures = fieldsOf.get(index);
        return disclosures ? { index, text, disclosures } : { index, text };
      })
      .sort((a, b) => a.index - b.index);
  }

  checkpoints(): Bundle["checkpoints"] {
    return listFiles(this.#files, FILES.checkpoint)
      .map(([size, bytes]) => ({ size: Number(size), note: new TextDecoder().decode(bytes) }))
      .sort((a, b) => a.size - b.size);
  }

  exports(): Bundle["exports"] {
    return listFiles(this.#files, FILES.export).flatMap(([name, bytes]) => {
      const [period, ending] = name.split(".");
      const form = BOOK_FORMS.find((known) => endingOf(known) === ending);
      return form ? [{ number: Number(period), form, bytes }] : [];
    });
  }

  documents(): Bundle["documents"] {
    return listFiles(this.#files, FILES.document).map(([hash, bytes]) => {
      return { sha256: `0x${hash}`, bytes };
    });
  }
}

/** Opens a bundle file. Rejects with `ArchiveInvalid` when it is none; what is wrong inside is in the checks. */
export async function openBundle(archive: Uint8Array): Promise<OpenedBundle> {
  return openFiles(await readArchive(archive));
}

/** Opens a bundle that somebody has unpacked: its files by their names within the folder. Throws `ArchiveInvalid`. */
export function openFiles(all: ReadonlyMap<string, Uint8Array>): OpenedBundle {
  const manifest = readManifest(all);
  const checks = new Checks();
  const listed = checkFiles(manifest, all, checks);
  const files = new FileReader(listed, checks);
  const { scope, community, chain } = manifest;
  const bundle: Bundle = {
    scope,
    community,
    records: files.records(),
    inclusion: files.parse(inclusionSchema, FILES.inclusion) ?? [],
    consistency: files.parse(consistencySchema, FILES.consistency) ?? [],
    checkpoints: files.checkpoints(),
    documents: files.documents(),
    exports: files.exports(),
    chain: {
      chainId: chain.chainId,
      head: chain.head.number,
      blocks: files.blocks(),
      code: files.parse(codeSchema, FILES.code) ?? [],
      state: files.parse(stateSchema, FILES.state) ?? null,
    },
  };
  return { bundle, checks: checks.list, ...findClaim(listed) };
}
