import { createHash } from "node:crypto";
import type { Cipher } from "../../cipher.ts";
import type { Clock } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { createReport } from "./report.ts";
import type { Report, VotingRules } from "./report.ts";
import { readTable } from "./reading.ts";
import type { Statement } from "./reading.ts";
import type { ImportedUnit } from "./row.ts";
import { readSheets } from "../../table.ts";

export interface ImportInput {
  communityId: string;
  bytes: Buffer;
  statement: Statement;
  rules: VotingRules;
  officer: OfficerCaller;
}

export interface StoredImport {
  id: string;
  sha256: string;
  report: Report;
  /** Id of the officer. */
  createdBy: string;
  createdAt: Date;
}

/** Tables of units: read as a whole, kept encrypted, and only clean ones are good for a roll. */
export class Imports {
  readonly #db: Db;
  readonly #cipher: Cipher;
  readonly #clock: Clock;

  constructor(deps: { db: Db; cipher: Cipher; clock: Clock }) {
    this.#db = deps.db;
    this.#cipher = deps.cipher;
    this.#clock = deps.clock;
  }

  async create(input: ImportInput): Promise<StoredImport> {
    const { communityId, bytes, statement, rules, officer } = input;
    const reading = readTable(await readSheets(bytes), statement);
    if (!reading) throw new DomainError("ImportHeaderMissing");
    if (reading.units.length === 0 && reading.rejected.length === 0) {
      throw new DomainError("ImportEmpty");
    }
    const report = createReport(reading, rules);
    const id = crypto.randomUUID();
    const sha256 = `0x${createHash("sha256").update(bytes).digest("hex")}`;
    const createdAt = this.#clock.now();
    const content: ImportContent = { units: reading.units, rules };
    await this.#db.unitImport.create({
      data: {
        id,
        communityId,
        sha256,
        file: this.#cipher.seal(bytes, `import file ${id}`),
        report: this.#cipher.seal(JSON.stringify(report), `import report ${id}`),
        units: report.clean ? this.#cipher.seal(toText(content), `import units ${id}`) : null,
        createdBy: officer.id,
        createdAt,
      },
    });
    return { id, sha256, report, createdBy: officer.id, createdAt };
  }

  async list(communityId: string): Promise<StoredImport[]> {
    const rows = await this.#db.unitImport.findMany({
      where: { communityId },
      orderBy: { createdAt: "desc" },
      take: 50,
      omit: { file: true, units: true },
    });
    return rows.map(({ id, sha256, report, createdBy, createdAt }) => ({
      ...{ id, sha256, createdBy },
      report: JSON.parse(this.#cipher.open(report, `import report ${id}`)) as Report,
      createdAt,
    }));
  }

  /** The units of a clean import. Throws ImportNotFound, or ImportRejected for one with rejected lines. */
  async getContent(tx: Db | Tx, communityId: string, id: string): Promise<ImportContent> {
    const row = await tx.unitImport.findUnique({ where: { id }, omit: { file: true } });
    if (!row || row.communityId !== communityId) throw new DomainError("ImportNotFound");
    if (!row.units) throw new DomainError("ImportRejected");
    return readContent(this.#cipher.open(row.units, `import units ${id}`));
  }
}

export interface ImportContent {
  units: ImportedUnit[];
  rules: VotingRules;
}

const toText = (content: ImportContent): string =>
  JSON.stringify(content, (name, value: unknown) => (name === "areaE4" ? String(value) : value));

/** Reads a content as it is kept, opened. */
export function readContent(text: string): ImportContent {
  return JSON.parse(text, (name, value: unknown) =>
    name === "areaE4" ? BigInt(value as string) : value,
  ) as ImportContent;
}
