/** The smallest pieces of a printed notice, in words: a page and a sheet of paper set them each in its own way. */
export type Block =
  | { kind: "heading"; level: 2 | 3; text: string }
  | { kind: "text"; text: string; soft?: boolean }
  | { kind: "facts"; rows: [label: string, value: string][] }
  /** `first`: how much of the sheet the first column of a long list takes. */
  | { kind: "table"; head: string[]; rows: string[][]; first?: number };
