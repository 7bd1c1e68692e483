const last = (table: string): string =>
  `coalesce((SELECT max("number") FROM "${table}" x WHERE x."communityId" = c.id), 0)`;

const WRITERS = `
  (SELECT "communityId" FROM "BankAccount" UNION SELECT "communityId" FROM "BankReconciliation"
   UNION SELECT "id" FROM "Community" WHERE "id" IN (SELECT "communityId" FROM "BankBooks")) AS c (id)`;

/** How far accounts and reconciliations are numbered. */
export const BOOKS = `
  SELECT coalesce(c.id, b."communityId") AS community, coalesce(c.id, b."communityId") AS row,
    CASE WHEN b."communityId" IS NOT NULL THEN jsonb_build_object(
      'lastAccount', b."lastAccount", 'lastReconciliation', b."lastReconciliation") END AS kept,
    CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('lastAccount', ${last("BankAccount")},
      'lastReconciliation', ${last("BankReconciliation")}) END AS expected
  FROM ${WRITERS} FULL JOIN "BankBooks" b ON b."communityId" = c.id`;

/** Where every account ends. */
export const ACCOUNTS = `
  SELECT a."communityId" AS community, a."number"::text AS row,
    jsonb_build_object('lastStatement', a."lastStatement", 'lastLine', a."lastLine",
      'closingFen', a."closingFen"::text, 'closedOn', a."closedOn") AS kept,
    jsonb_build_object('lastStatement', coalesce(s."number", 0), 'lastLine', coalesce(s."firstLine" + s."lines" - 1, 0),
      'closingFen', s."closingFen"::text, 'closedOn', s."to") AS expected
  FROM "BankAccount" a LEFT JOIN LATERAL (
    SELECT * FROM "BankStatement" s WHERE s."communityId" = a."communityId" AND s."accountNumber" = a."number"
    ORDER BY s."number" DESC LIMIT 1) s ON true`;

/** Reconciliations that nobody has taken back. */
const STANDING = `
  SELECT * FROM "BankReconciliation" r WHERE r."action" <> 'undo' AND NOT EXISTS (
    SELECT FROM "BankReconciliation" u WHERE u."communityId" = r."communityId" AND u."undoes" = r."number")`;

/** What every line is settled by. */
export const LINES_SETTLED = `
  SELECT coalesce(l."communityId", r."communityId") AS community,
    coalesce(l."accountNumber", r."accountNumber") || '/' || coalesce(l."number", r.line) AS row,
    CASE WHEN l."number" IS NOT NULL THEN jsonb_build_object('reconciliation', l."reconciliation") END AS kept,
    jsonb_build_object('reconciliation', r."number") AS expected
  FROM "BankLine" l FULL JOIN (
    SELECT s."communityId", s."accountNumber", s."number", line FROM (${STANDING}) s, unnest(s."lines") AS line) r
    ON r."communityId" = l."communityId" AND r."accountNumber" = l."accountNumber" AND r.line = l."number"`;

/** The entries that stand settled. */
export const SETTLED = `
  SELECT coalesce(e."communityId", r."communityId") AS community, coalesce(e."entry", r.entry)::text AS row,
    CASE WHEN e."entry" IS NOT NULL THEN jsonb_build_object('reconciliation', e."reconciliation") END AS kept,
    CASE WHEN r.entry IS NOT NULL THEN jsonb_build_object('reconciliation', r."number") END AS expected
  FROM "BankSettledEntry" e FULL JOIN (
    SELECT s."communityId", s."number", entry FROM (${STANDING}) s, unnest(s."entries") AS entry) r
    ON r."communityId" = e."communityId" AND r.entry = e."entry"`;
