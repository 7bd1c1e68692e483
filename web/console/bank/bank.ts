import { communityPath } from "../../registry/community.ts";
import { useQuery, type UseQueryResult } from "../../service/query.ts";
import { request } from "../../service/request.ts";
import {
  anything,
  flag,
  instant,
  integer,
  list,
  maybe,
  object,
  oneOf,
  record,
  text,
  type Read,
} from "../../service/shape.ts";
import { fen, type Fund } from "../../fund/books.ts";

const fundShape = oneOf(["maintenance", "income"]);

const accountShape = object({
  account: integer,
  fund: fundShape,
  name: text,
  tail: text,
  statements: integer,
  lines: integer,
  closing: maybe(fen),
  closedOn: maybe(text),
});

export type BankAccount = Read<typeof accountShape>;

/** How a bank's table is read where its titles do not say it. */
export interface Mapping {
  readonly columns?: Readonly<Record<string, string>> | undefined;
  readonly dates?: string | undefined;
  readonly positive?: string | undefined;
}

const mappingShape = object({
  mapping: maybe(
    object({ columns: maybe(record(text)), dates: maybe(text), positive: maybe(text) }),
  ),
});

const problemShape = object({ code: text, params: record(anything) });

const previewShape = object({
  format: text,
  validation: text,
  statements: list(
    object({
      from: maybe(text),
      to: maybe(text),
      opening: maybe(fen),
      closing: maybe(fen),
      lines: integer,
      added: integer,
      repeated: integer,
      problems: list(problemShape),
    }),
  ),
  counterparties: list(
    object({ name: text, lines: integer, looksLikeOrganisation: flag, isPublished: flag }),
  ),
});

export type Preview = Read<typeof previewShape>;

const importedShape = object({ items: list(object({ added: integer, repeated: integer })) });

export type Imported = Read<typeof importedShape>;

const bankPath = (community: string, rest = ""): string =>
  communityPath(community, `/fund/bank${rest}`);

/** Everything about the bank begins with this key, as the public pages' does. */
export const bankKey = (community: string): readonly string[] => ["fund", community];

export function useBankAccounts(community: string): UseQueryResult<readonly BankAccount[]> {
  const shape = object({ accounts: list(accountShape) });
  return useQuery({
    queryKey: [...bankKey(community), "accounts"],
    queryFn: async () => (await request(bankPath(community), shape)).accounts,
  });
}

export function openBankAccount(
  community: string,
  account: { fund: Fund; name: string; number: string },
): Promise<BankAccount> {
  const path = bankPath(community, "/accounts");
  return request(path, accountShape, { method: "POST", body: account });
}

export function useMapping(community: string, account: number): UseQueryResult<Mapping> {
  return useQuery({
    queryKey: [...bankKey(community), "mapping", account],
    queryFn: async () => {
      const path = bankPath(community, `/accounts/${account}/mapping`);
      return (await request(path, mappingShape)).mapping ?? {};
    },
  });
}

/** A bank's file with what its reader has to be told. */
export interface BankFile {
  readonly file: File;
  readonly mapping: Mapping;
  readonly opening: string;
  readonly closing: string;
}

function toForm({ file, mapping, opening, closing }: BankFile): FormData {
  const form = new FormData();
  if (Object.keys(mapping).length > 0) form.set("mapping", JSON.stringify(mapping));
  if (opening.trim() !== "") form.set("opening", opening.trim());
  if (closing.trim() !== "") form.set("closing", closing.trim());
  form.set("file", file);
  return form;
}

interface Place {
  readonly community: string;
  readonly account: number;
}

/** What would come of a file; nothing is written. */
export function previewFile({ community, account }: Place, file: BankFile): Promise<Preview> {
  const path = bankPath(community, `/accounts/${account}/preview`);
  return request(path, previewShape, { method: "POST", form: toForm(file) });
}

export function importFile({ community, account }: Place, file: BankFile): Promise<Imported> {
  const path = bankPath(community, `/accounts/${account}/statements`);
  return request(path, importedShape, { method: "POST", form: toForm(file) });
}

/** Says that a counterparty is no person, so that its name is published beside lines to come. */
export async function markOrganisation(community: string, name: string): Promise<void> {
  const path = bankPath(community, "/organisations");
  await request(path, anything, { method: "POST", body: { name } });
}

const lineShape = object({
  line: integer,
  date: text,
  amount: fen,
  details: maybe(object({ counterparty: maybe(text), text: maybe(text) })),
});

export type OpenLine = Read<typeof lineShape>;

export function useOpenLines(community: string, account: number) {
  const shape = object({ items: list(lineShape) });
  return useQuery({
    queryKey: [...bankKey(community), "open lines", account],
    queryFn: async () => {
      const path = bankPath(community, `/accounts/${account}/lines?open=true&limit=200`);
      return (await request(path, shape)).items;
    },
  });
}

const openEntryShape = object({
  entry: integer,
  fund: fundShape,
  date: text,
  amount: fen,
  narration: text,
});

export type OpenEntry = Read<typeof openEntryShape>;

/** Entries that no line of the bank shows yet. */
export function useOpenEntries(community: string) {
  const shape = object({ entries: list(openEntryShape) });
  return useQuery({
    queryKey: [...bankKey(community), "open entries"],
    queryFn: async () => (await request(bankPath(community, "/open"), shape)).entries,
  });
}

const suggestionShape = object({
  account: integer,
  lines: list(integer),
  entries: list(integer),
  amount: fen,
  days: integer,
});

export function useSuggestions(community: string) {
  const shape = object({ items: list(suggestionShape) });
  return useQuery({
    queryKey: [...bankKey(community), "suggestions"],
    queryFn: async () => (await request(bankPath(community, "/suggestions"), shape)).items,
  });
}

export interface Link {
  readonly account: number;
  readonly lines: readonly number[];
  readonly entries: readonly number[];
}

/** Lines and entries are the same money. */
export async function linkLines(community: string, link: Link): Promise<void> {
  const { account, lines, entries } = link;
  const body = { account, lines, entries };
  await request(bankPath(community, "/links"), anything, { method: "POST", body });
}

/** Lines belong to no entry, and everybody reads why. */
export async function ignoreLines(
  community: string,
  ignored: { account: number; lines: readonly number[]; reason: string },
): Promise<void> {
  const path = bankPath(community, "/ignored");
  await request(path, anything, { method: "POST", body: ignored });
}

const reconciliationShape = object({
  number: integer,
  account: integer,
  action: oneOf(["link", "ignore", "undo"]),
  lines: list(integer),
  entries: list(integer),
  sum: fen,
  reason: maybe(text),
  undoes: maybe(integer),
  at: instant,
});

export type Reconciliation = Read<typeof reconciliationShape>;

/** What was put together, ignored and taken back, the newest first. */
export function useReconciliations(community: string): UseQueryResult<readonly Reconciliation[]> {
  const shape = object({ items: list(reconciliationShape) });
  return useQuery({
    queryKey: [...bankKey(community), "reconciliations"],
    queryFn: async () =>
      (await request(bankPath(community, "/reconciliations?limit=100"), shape)).items,
  });
}

/** Once: the lines and entries are open again, and both records stand. */
export async function undoReconciliation(
  community: string,
  number: number,
  reason: string,
): Promise<void> {
  const path = bankPath(community, `/reconciliations/${number}/undo`);
  await request(path, anything, { method: "POST", body: { reason } });
}
