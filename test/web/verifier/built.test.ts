import { expect } from "chai";
import path from "node:path";
import { build } from "vite";
import type { Bundle } from "../../../protocol/verify/bundle/bundle.ts";
import { openFiles } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { verifyBundle } from "../../../protocol/verify/bundle/verify.ts";
import type { News, Order } from "../../../web/verifier/messages.ts";
import { holdMeeting } from "../../protocol/verify/scenario.ts";
import { flip } from "../../protocol/verify/tampering.ts";

const CONFIG = path.resolve(import.meta.dirname, "../../../vite.verifier.config.ts");

type Verify = (order: Order) => Promise<News>;

/** The verifier's script as the build leaves it, started as a worker: without a page. */
async function startBuilt(): Promise<Verify> {
  const built = await build({ configFile: CONFIG, logLevel: "error", build: { write: false } });
  const files = [built].flat().flatMap((part) => ("output" in part ? part.output : []));
  const html = files.find(({ fileName }) => fileName === "verifier.html");
  const page = html?.type === "asset" ? String(html.source) : "";
  const script = /<script id="verifier">([\s\S]*)<\/script>/.exec(page)![1]!;
  const listener: { hear: (news: News) => void } = { hear: () => undefined };
  const code = `${script}; return (data) => onmessage({ data });`;
  // What a worker has as its own; a page's `document` it has not.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the script is what is tested
  const start = new Function("postMessage", "onmessage", "document", code);
  const give = start((news: News) => listener.hear(news), undefined, undefined) as (
    order: Order,
  ) => void;
  return (order) =>
    new Promise((resolve) => {
      listener.hear = (news) => news.kind !== "progress" && resolve(news);
      give(order);
    });
}

describe("the verifier as it is built", function () {
  this.timeout(60_000);
  let verify: Verify;
  let bundle: Bundle;
  const filesOf = (content: Bundle): Map<string, Uint8Array> => bundleFiles(content, new Map());
  const ask = (files: ReadonlyMap<string, Uint8Array>): Promise<News> =>
    verify({ evidence: { kind: "folder", files }, validators: [] });

  before(async () => {
    const [{ community }, started] = await Promise.all([holdMeeting(), startBuilt()]);
    const sources = { ...community.sources, prover: community.prover };
    bundle = await createBundle(sources, { kind: "meeting", meeting: 1 });
    verify = started;
  });

  const tampered: [string, (content: Bundle) => Bundle][] = [
    ["nothing", (content) => content],
    [
      "a record",
      (content) => {
        const records = content.records.map((entry) => {
          return { ...entry, text: entry.text.replace("全体", "部分") };
        });
        return { ...content, records };
      },
    ],
    [
      "a header",
      (content) => {
        const blocks = content.chain.blocks.map(({ number, block }, i) => {
          return { number, block: i === 3 ? { ...block, header: flip(block.header, 20) } : block };
        });
        return { ...content, chain: { ...content.chain, blocks } };
      },
    ],
    [
      "the state",
      (content) => {
        const state = { nodes: content.chain.state!.nodes.slice(2) };
        return { ...content, chain: { ...content.chain, state } };
      },
    ],
    [
      "a key page",
      (content) => {
        const code = content.chain.code.map((entry, i) => {
          return i === content.chain.code.length - 1
            ? { ...entry, code: flip(entry.code, -3) }
            : entry;
        });
        return { ...content, chain: { ...content.chain, code } };
      },
    ],
  ];

  for (const [what, tamper] of tampered) {
    it(`comes to the same report as the command line, where ${what} was changed`, async () => {
      const files = filesOf(tamper(bundle));
      const news = await ask(files);
      if (news.kind !== "report") throw new Error(news.kind);
      expect(JSON.stringify(news.report, replacer)).to.equal(
        JSON.stringify(await verifyBundle(openFiles(files)), replacer),
      );
    });
  }

  it("refuses what the command line refuses", async () => {
    expect(await ask(new Map())).to.deep.equal({
      kind: "refused",
      fault: "noManifest",
      entry: undefined,
    });
  });
});

const replacer = (_name: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;
