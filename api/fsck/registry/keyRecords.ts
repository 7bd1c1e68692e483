import type { FsckContext } from "../subject.ts";
import type { Page } from "./keys.ts";

interface Logged {
  community: string;
  index: number;
  text: string;
  type: "keys" | "revocation";
  roll: number;
  page: number;
  position?: number | undefined;
  reason?: string | undefined;
  owned: boolean;
}

const RECORDS = `
  SELECT "communityId" AS community, "index", "text", "type" FROM "Record"
  WHERE "type" IN ('keys', 'revocation') ORDER BY "communityId", "index"`;

/** The log's records of pages of keys and of revocations; who has no row is an orphan in the end. */
export class KeyRecords {
  readonly #context: FsckContext;
  readonly #records: Logged[];

  private constructor(context: FsckContext, records: Logged[]) {
    this.#context = context;
    this.#records = records;
  }

  static async read(context: FsckContext): Promise<KeyRecords> {
    const rows = await context.snapshot.rows<Logged>(RECORDS);
    return new KeyRecords(context, rows.map(parse));
  }

  #ofPage({ communityId, number, page }: Page, type: Logged["type"]): Logged[] {
    return this.#records.filter(
      (record) =>
        record.type === type &&
        record.community === communityId &&
        record.roll === number &&
        record.page === page,
    );
  }

  /** The text that was logged for a page: the very same, or what was logged in its place. */
  findPage(page: Page, text: string): string | undefined {
    const candidates = this.#ofPage(page, "keys");
    const found = candidates.find((record) => record.text === text) ?? candidates.at(-1);
    if (found) found.owned = true;
    return found?.text;
  }

  /** Why a key was revoked, as it was published last. */
  findReason(page: Page, position: number): string | undefined {
    const candidates = this.#ofPage(page, "revocation").filter(
      (record) => record.position === position,
    );
    for (const record of candidates) record.owned = true;
    return candidates.at(-1)?.reason;
  }

  /** Records about rows that are not there. A revocation that the chain refused keeps its record. */
  async findOrphans(): Promise<void> {
    const { snapshot, inspection } = this.#context;
    const calls = await snapshot.rows<{ community: string; ref: string }>(
      `SELECT c."communityId" AS community, r."number" || substr(c."ref", 37) AS ref FROM "ChainCall" c
       JOIN "Roll" r ON r."id"::text = substr(c."ref", 1, 36)
       WHERE c."kind" = 'revokeKey' AND c."state" <> 'mined'`,
    );
    for (const { owned, type, community, index, roll, page, position } of this.#records) {
      if (owned) continue;
      const isUnderWay = calls.some(
        (call) =>
          call.community === community && call.ref.startsWith(`${roll}/${page}/${position}/`),
      );
      if (type === "revocation" && isUnderWay) continue;
      const table = type === "keys" ? "KeyPage" : "BoundKey";
      inspection.missing({ community, table, row: `of record ${index}` });
    }
  }
}

function parse(row: Logged): Logged {
  try {
    const { roll, page, position, reason } = JSON.parse(row.text) as Partial<Logged>;
    return { ...row, roll: roll!, page: page!, position, reason, owned: false };
  } catch {
    // The log's own inspection names it.
    return { ...row, roll: -1, page: -1, owned: true };
  }
}
