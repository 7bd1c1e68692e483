import { XMLParser, XMLValidator } from "fast-xml-parser";
import { DomainError } from "../../../http/errors.ts";
import { decode, encodingOfMark } from "./encoding.ts";
import type { Decoded } from "./encoding.ts";

const DECLARATION = /^\s*<\?xml\s[^>]*?\?>/;

/** XML in whatever encoding it declares; UTF-8 where it declares none. */
export function decodeXml(bytes: Uint8Array): Decoded {
  const start = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const declared = /^[^<]{0,3}<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    start,
  )?.[1];
  return decode(bytes, encodingOfMark(bytes) ?? declared?.toLowerCase() ?? "utf-8");
}

/**
 * Throws BankXmlUnsafe for a document type declaration. Bank messages have none (ISO 20022-4, 5.5.3), and without it
 * there are no entities: neither other files (XXE) nor ones that multiply (billion laughs).
 */
export function requireNoDoctype(text: string): void {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) {
    throw new DomainError("BankXmlUnsafe");
  }
}

/** The same document for a parser that knows UTF-8 only. */
export const withoutDeclaration = (text: string): string => text.replace(DECLARATION, "");

/** No tag and no text of a bank's message is nearly as long. */
const MAX_SPAN = 100_000;

const SPANS: readonly (readonly [string, string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];

/**
 * One pass over the tags before a parser sees them: a tag within a tag, or one without end, costs a parser time that
 * grows with the square of its length.
 */
function requirePlainTags(text: string): void {
  const fail = (code: "BankFileTruncated" | "BankFileMalformed", index: number): never => {
    throw new DomainError(code, { line: text.slice(0, index).split("\n").length });
  };
  let at = 0;
  for (let start = text.indexOf("<"); start >= 0; start = text.indexOf("<", at)) {
    const span = SPANS.find(([open]) => text.startsWith(open, start));
    const close = span?.[1] ?? ">";
    const end = text.indexOf(close, start + (span?.[0].length ?? 1));
    if (end < 0) fail("BankFileTruncated", start);
    const isLong = start - at > MAX_SPAN || (!span && end - start > MAX_SPAN);
    if (isLong || (!span && text.lastIndexOf("<", end) !== start)) fail("BankFileMalformed", start);
    at = end + close.length;
  }
}

/** Elements that may stand more than once; they are lists even when there is one. */
const LISTS = new Set(["Stmt", "Bal", "Ntry", "NtryDtls", "TxDtls", "Ustrd", "Strd"]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: 64,
  isArray: (name) => LISTS.has(name),
});

/** A parsed element: attributes under `@name`, text beside attributes under `#text`. */
export interface Element {
  [name: string]: Element | Element[] | string | undefined;
}

/** Throws BankFileTruncated where the text ends within an element, BankFileMalformed for anything else. */
export function parseXml(text: string): Element {
  requireNoDoctype(text);
  requirePlainTags(text);
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    const { line, msg } = verdict.err;
    const isOpen = /unclosed|not closed|Closing tag .* doesn't have proper closing/i.test(msg);
    throw new DomainError(isOpen ? "BankFileTruncated" : "BankFileMalformed", { line });
  }
  try {
    return parser.parse(text) as Element;
  } catch (cause) {
    // The parser's complaint may quote the file.
    throw new DomainError("BankFileMalformed", { line: 0 }, new Error((cause as Error).name));
  }
}

/** Follows a path of elements; the first of each list. */
export function findElement(element: Element | undefined, ...path: string[]): Element | undefined {
  let at: Element | undefined = element;
  for (const name of path) {
    const found: Element[string] = at?.[name];
    const first = Array.isArray(found) ? found[0] : found;
    at = typeof first === "object" ? first : undefined;
  }
  return at;
}

/** The text at a path, without spaces around; undefined where there is none. */
export function findText(element: Element | undefined, ...path: string[]): string | undefined {
  const last = path.at(-1)!;
  let found: Element[string] = findElement(element, ...path.slice(0, -1))?.[last];
  if (Array.isArray(found)) found = found[0];
  const text = typeof found === "object" ? found["#text"] : found;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** All elements of a list; texts among them are left out. */
export function listElements(element: Element | undefined, name: string): Element[] {
  const found = element?.[name];
  const list: unknown[] = Array.isArray(found) ? found : [found];
  return list.filter((one): one is Element => typeof one === "object");
}
