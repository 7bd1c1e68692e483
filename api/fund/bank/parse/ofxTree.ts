import { DomainError } from "../../../http/errors.ts";

// OFX 1 is SGML in which values need no end tag; OFX 2 is XML. One reader serves both: an element followed by text is
// a value, one without is an aggregate that its end tag closes.

export interface Aggregate {
  name: string;
  values: Map<string, string>;
  children: Aggregate[];
}

interface Tag {
  name: string;
  isEnd: boolean;
  /** What stands between it and the next tag. */
  text: string;
  line: number;
}

const MAX_DEPTH = 64;
const TAG = /<(\/?)([A-Za-z][\w.:-]*)\s*(\/?)>/;

/** The element OFX. Throws BankFileTruncated where it does not end, BankFileMalformed for tags that do not fit. */
export function parseOfx(text: string): Aggregate {
  const root: Aggregate = { name: "", values: new Map(), children: [] };
  const open = [root];
  const tags = listTags(text);
  for (let i = 0; i < tags.length; i++) {
    const tag = tags[i]!;
    if (tag.isEnd) closeAggregate(open, tag);
    else if (tag.text === "") openAggregate(open, tag);
    else {
      open.at(-1)!.values.set(tag.name, tag.text);
      const next = tags[i + 1];
      if (next?.isEnd && next.name === tag.name) i += 1;
    }
  }
  const [ofx] = root.children;
  if (open.length > 1 || ofx?.name !== "OFX") {
    throw new DomainError("BankFileTruncated", { line: tags.at(-1)?.line ?? 0 });
  }
  return ofx;
}

function listTags(source: string): Tag[] {
  const none = (): string => "";
  const bare = replaceSpans(replaceSpans(source, ["<!--", "-->"], none), ["<?", "?>"], none);
  const text = replaceSpans(bare, ["<![CDATA[", "]]>"], escape);
  // Splitting by a pattern with three groups: text, slash, name, slash, text ...
  const pieces = text.split(TAG);
  const tags: Tag[] = [];
  let line = lineEnds(pieces[0]!) + 1;
  for (let i = 1; i < pieces.length; i += 4) {
    const [slash, name, empty, after] = pieces.slice(i, i + 4);
    const tag = { name: name!.toUpperCase(), isEnd: slash === "/", text: toText(after!), line };
    if (empty !== "/") tags.push(tag);
    line += lineEnds(after!);
  }
  return tags;
}

/** Every span between two marks by what is made of its inside. Searched for once, so that no file takes long. */
function replaceSpans(
  text: string,
  [open, close]: readonly [string, string],
  replace: (inner: string) => string,
): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, at)) {
    const end = text.indexOf(close, start + open.length);
    if (end < 0) throw new DomainError("BankFileTruncated", { line: 0 });
    parts.push(text.slice(at, start), replace(text.slice(start + open.length, end)));
    at = end + close.length;
  }
  return parts.join("") + text.slice(at);
}

const lineEnds = (text: string): number => text.split("\n").length - 1;

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

const toText = (text: string): string =>
  text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g, toCharacter)
    .trim();

function toCharacter(all: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name]!;
  const code = decimal === undefined ? parseInt(hexadecimal!, 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
}

function openAggregate(open: Aggregate[], { name, line }: Tag): void {
  if (open.length > MAX_DEPTH) throw new DomainError("BankFileMalformed", { line });
  const aggregate: Aggregate = { name, values: new Map(), children: [] };
  open.at(-1)!.children.push(aggregate);
  open.push(aggregate);
}

/**
 * Ends the innermost aggregate of that name. What was opened within it and is open still was a value without a text
 * (`<MEMO>` before the next tag): what it took in is its parent's.
 */
function closeAggregate(open: Aggregate[], { name, line }: Tag): void {
  const at = open.findLastIndex((one) => one.name === name);
  if (at <= 0) throw new DomainError("BankFileMalformed", { line });
  while (open.length > at + 1) {
    const empty = open.pop()!;
    const parent = open.at(-1)!;
    parent.children.pop();
    parent.children.push(...empty.children);
    for (const [key, value] of empty.values) parent.values.set(key, value);
  }
  open.pop();
}

/** All aggregates of that name within, at any depth. */
export function listAggregates(aggregate: Aggregate, name: string): Aggregate[] {
  return aggregate.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...listAggregates(child, name),
  ]);
}

export const findAggregate = (aggregate: Aggregate, name: string): Aggregate | undefined =>
  aggregate.children.find((child) => child.name === name);
