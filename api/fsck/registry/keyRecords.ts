import type { FsckContext } from "../subject.ts";
import type { Page } from "./keys.ts";

interface Logged {
  index: number;
  text: string;
  type: "keys" | "revocation";
  page: number;
  position?: number | undefined;
  reason?: string | undefined;
  owned: boolean;
}

interface RollName {
  community: string;
  number: number;
}

/** As it stands in the canonical text: within a string its quotes would be escaped. A damaged text has none. */
const ROLL = `substring(r."text" FROM '"roll":([0-9]{1,9})[,}]')::int`;
const OF_KEYS = `r."type" IN ('keys', 'revocation')`;

const OF_ROLL = `
  SELECT r."index", r."text", r."type" FROM "Record" r
  WHERE r."communityId" = $1 AND ${OF_KEYS} AND ${ROLL} = $2 ORDER BY r."index"`;

const OF_NO_PAGE = `
  SELECT r."communityId" AS community, r."index", r."text", r."type" FROM "Record" r
  WHERE ${OF_KEYS} AND ${ROLL} IS NOT NULL AND NOT EXISTS (
    SELECT FROM "KeyPage" p JOIN "Roll" x ON x."id" = p."rollId"
    WHERE x."communityId" = r."communityId" AND x."number" = ${ROLL})`;

const UNDER_WAY = `
  SELECT substr(c."ref", 38) AS ref FROM "ChainCall" c JOIN "Roll" r ON r."id"::text = substr(c."ref", 1, 36)
  WHERE c."kind" = 'revokeKey' AND c."state" <> 'mined' AND c."communityId" = $1 AND r."number" = $2`;

/**
 * The log's records of pages of keys and of revocations, those of one roll in memory at a time; who has no row is an
 * orphan in the end.
 */
export class KeyRecords {
  readonly #context: FsckContext;
  #roll: RollName = { community: "", number: 0 };
  #byPage = new Map<number, Logged[]>();

  constructor(context: FsckContext) {
    this.#context = context;
  }

  /** Before anything is asked about a page; pages come roll by roll. */
  async turnTo({ communityId: community, number }: Page): Promise<void> {
    if (this.#roll.community === community && this.#roll.number === number) return;
    await this.#leave();
    this.#roll = { community, number };
    const rows = await this.#context.snapshot.rows<Logged>(OF_ROLL, [community, number]);
    this.#byPage = Map.groupBy(rows.flatMap(parse), ({ page }) => page);
  }

  #ofPage({ page }: Page, type: Logged["type"]): Logged[] {
    return (this.#byPage.get(page) ?? []).filter((record) => record.type === type);
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

  /** Records of this roll about rows that are not there. A revocation that the chain refused keeps its record. */
  async #leave(): Promise<void> {
    const loose = [...this.#byPage.values()].flat().filter(({ owned }) => !owned);
    this.#byPage.clear();
    if (loose.length === 0) return;
    const { community, number } = this.#roll;
    const calls = await this.#context.snapshot.rows<{ ref: string }>(UNDER_WAY, [
      community,
      number,
    ]);
    for (const record of loose) {
      const { type, page, position } = record;
      const isUnderWay = calls.some(({ ref }) => ref.startsWith(`${page}/${position}/`));
      if (type !== "revocation" || !isUnderWay) this.#nameOrphan(community, record);
    }
  }

  #nameOrphan(community: string, { type, index }: Pick<Logged, "type" | "index">): void {
    const table = type === "keys" ? "KeyPage" : "BoundKey";
    this.#context.inspection.missing({ community, table, row: `of record ${index}` });
  }

  /** After the last page: what is left of its roll, and records of rolls without any page. */
  async finish(): Promise<void> {
    await this.#leave();
    const rows = this.#context.snapshot.stream<Logged & { community: string }>(OF_NO_PAGE);
    for await (const row of rows) {
      if (parse(row).length > 0) this.#nameOrphan(row.community, row);
    }
  }
}

/** None where the text cannot be read: the log's own inspection names it. */
function parse(row: Logged): Logged[] {
  try {
    const { page, position, reason } = JSON.parse(row.text) as Partial<Logged>;
    return [{ ...row, page: page!, position, reason, owned: false }];
  } catch {
    return [];
  }
}
