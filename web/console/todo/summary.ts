import { formatCount, formatTime } from "../../language/format.ts";
import type { Language } from "../../language/preference.ts";
import type { LaterMessages } from "../../messages/zh-later.ts";
import type { Proposal } from "./proposals.ts";

export interface Described {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, value: string])[];
}

type Texts = LaterMessages["officers"];

const TIMES = new Set(["opensAt", "closesAt"]);

const NAMED = new Set(["fund", "ground", "isAccepted"]);
// Counted from 0 in messages, from 1 by people.
const FROM_ZERO = new Set(["motion", "milestone"]);

function toText(field: string, value: unknown, { texts, language }: Words): string {
  const said = String(value);
  if (NAMED.has(field)) return texts.values[said] ?? said;
  if (FROM_ZERO.has(field)) return formatCount(Number(value) + 1);
  if (typeof value === "number") {
    return TIMES.has(field) ? formatTime(value, language) : formatCount(value);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

interface Words {
  readonly texts: Texts;
  readonly language: Language;
}

function isKnown<Table extends object>(table: Table, name: string): name is keyof Table & string {
  return Object.hasOwn(table, name);
}

/** What a proposal means, in plain words; fields without a word of their own keep their name. */
export function describeProposal(
  texts: Texts,
  { kind, summary }: Proposal,
  language: Language,
): Described {
  const title = isKnown(texts.kinds, kind) ? texts.kinds[kind] : kind;
  const lines = Object.entries(summary)
    .filter(([field]) => field !== "kind")
    .map(([field, value]) => {
      const label = isKnown(texts.fields, field) ? texts.fields[field] : field;
      return [label, toText(field, value, { texts, language })] as const;
    });
  return { title, lines };
}
