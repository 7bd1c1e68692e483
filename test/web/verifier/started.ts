import path from "node:path";
import { build } from "vite";
import type { News, Order, Part } from "../../../web/verifier/messages.ts";
import { PART_FILE } from "../../../web/verifier/part-file.ts";

const CONFIG = path.resolve(import.meta.dirname, "../../../vite.verifier.config.ts");

type Told = Exclude<News, { kind: "progress" }> | Part;
export type Verify = (order: Order) => Promise<Told>;

/** A script of the verifier's, started as a worker: without a page. */
export function startScript(script: string): Verify {
  const listener: { hear: (news: News | Part) => void } = { hear: () => undefined };
  const code = `${script}; return (data) => onmessage({ data });`;
  // What a worker has as its own; a page's `document` it has not.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the script is what is tested
  const start = new Function("postMessage", "onmessage", "document", code);
  const give = start((news: News | Part) => listener.hear(news), undefined, undefined) as (
    order: Order,
  ) => void;
  return (order) =>
    new Promise((resolve) => {
      listener.hear = (news) => news.kind !== "progress" && resolve(news);
      give(order);
    });
}

/** Both files of the verifier as the build leaves them. */
export async function buildVerifier(): Promise<{ html: string; part: string }> {
  const built = await build({ configFile: CONFIG, logLevel: "error", build: { write: false } });
  const files = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  const textOf = (name: string): string => {
    const file = files.find(({ fileName }) => fileName === name);
    return file?.type === "asset" ? String(file.source) : "";
  };
  return { html: textOf("verifier.html"), part: textOf(PART_FILE) };
}

const replacer = (_name: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;

/** A report as a text, to compare. */
export const writeReport = (report: object): string => JSON.stringify(report, replacer);
