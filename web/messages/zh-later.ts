// What the screens say that are loaded later, in files as they are read together: a screen waits for a small one only.
const assembly = () => import("./zh-assembly.ts");
const owner = () => import("./zh-owner.ts");
const check = () => import("./zh-check.ts");
const fund = () => import("./zh-fund.ts");
const officers = () => import("./zh-console.ts");

/** Where the texts of each subject are. */
export const zhLater = {
  meeting: assembly,
  notice: assembly,
  talk: assembly,
  vote: owner,
  mine: owner,
  keys: owner,
  check,
  dispute: check,
  fund,
  projects: fund,
  audit: () => import("./zh/audit.ts"),
  desk: officers,
  founding: officers,
  officers,
  treasury: officers,
  works: officers,
  refusals: () => import("./zh/refusals.ts"),
};

type Files = typeof zhLater;
export type Subject = keyof Files;

/** What every language must say of each subject: a missing or extra text does not compile. */
export type LaterMessages = {
  readonly [S in Subject]: Awaited<ReturnType<Files[S]>> extends { readonly [K in S]: infer Texts }
    ? Texts
    : never;
};

/** A language's files: a subject that none holds does not compile. */
export type LaterFiles = {
  readonly [S in Subject]: () => Promise<Pick<LaterMessages, S>>;
};
