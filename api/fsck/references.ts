import pg from "pg";
import type { FsckContext } from "./subject.ts";

interface Reference {
  child: string;
  parent: string;
  columns: string[];
  targets: string[];
  key: string[];
}

const REFERENCES = `
  SELECT c.relname AS child, p.relname AS parent,
    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY AS k (num, n)
      JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num) AS columns,
    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(f.confkey) WITH ORDINALITY AS k (num, n)
      JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num) AS targets,
    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM pg_constraint y, unnest(y.conkey) WITH ORDINALITY AS k (num, n)
      JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num
      WHERE y.conrelid = f.conrelid AND y.contype = 'p') AS key
  FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
  WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace ORDER BY 1, 2`;

/** PostgreSQL keeps no row without its parent, unless somebody got around it: then both are named. */
export async function inspectReferences(context: FsckContext): Promise<void> {
  for (const reference of await context.snapshot.rows<Reference>(REFERENCES)) {
    await inspectReference(context, reference);
  }
}

async function inspectReference(
  { snapshot, inspection }: FsckContext,
  { child, parent, columns, targets, key }: Reference,
): Promise<void> {
  const quote = (name: string): string => pg.escapeIdentifier(name);
  const isSame = columns.map((name, i) => `p.${quote(targets[i]!)} = c.${quote(name)}`);
  const isSet = columns.map((name) => `c.${quote(name)} IS NOT NULL`);
  const text = (names: readonly string[]) => names.map((name) => `c.${quote(name)}::text`);
  const sql = `
    SELECT concat_ws('/', ${text(key).join()}) AS row, concat_ws('/', ${text(columns).join()}) AS target
    FROM ${quote(child)} c WHERE ${isSet.join(" AND ")}
      AND NOT EXISTS (SELECT FROM ${quote(parent)} p WHERE ${isSame.join(" AND ")})`;
  const missing = new Set<string>();
  for await (const { row, target } of snapshot.stream<{ row: string; target: string }>(sql)) {
    inspection.extra({ table: child, row }, columns.join());
    if (!missing.has(target)) inspection.missing({ table: parent, row: target }, `of ${child}`);
    missing.add(target);
  }
}
