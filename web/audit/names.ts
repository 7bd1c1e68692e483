import type { LaterMessages } from "../messages/zh-later.ts";

type Texts = LaterMessages["audit"];

const isIn = <Table extends object>(table: Table, name: string): name is keyof Table & string =>
  Object.hasOwn(table, name);

/** What a kind is called; one that came later than this page keeps its own name. */
export const nameOfKind = ({ kinds }: Texts, kind: string): string =>
  isIn(kinds, kind) ? kinds[kind] : kind;

/** What the rows of a table are, in plain words. */
export const nameOfTable = ({ tables, kinds }: Texts, table: string): string =>
  isIn(tables, table) ? tables[table] : isIn(kinds, table) ? kinds[table] : table;

export const nameOfField = ({ fields }: Texts, field: string): string =>
  isIn(fields, field) ? fields[field] : field;
