import type { ProposalKind } from "../subject.ts";

interface Payload {
  record: number;
  leaf: string;
  path: string;
  sealed: string;
  reason: string;
}

/** A redaction is about a record that the log has: its leaf says which. */
const redact: ProposalKind = {
  primaryType: "Redact",
  roles: ["registrar", "committee"],
  table: "Record",
  async facts({ snapshot }, { communityId, payload }) {
    const { record, path, sealed, reason } = payload as unknown as Payload;
    const sql = `SELECT "leaf", "text" FROM "Record" WHERE "communityId" = $1 AND "index" = $2`;
    const values = [communityId, record];
    const [row] = await snapshot.rows<{ leaf: string; text: string }>(sql, values);
    if (!row?.text.includes(sealed)) return undefined;
    return {
      payload: { record, leaf: row.leaf, path, sealed, reason },
      message: { record: row.leaf, path, field: sealed, reason },
      summary: { record, path, reason },
    };
  },
};

export const anchorProposals = { redact };
