import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { build, defineConfig } from "vite";
import type { Plugin, UserConfig } from "vite";
import { PART_FILE, PART_SHA256 } from "./web/verifier/part-file.ts";

const ROOT = import.meta.dirname;
const SOURCE = path.join(ROOT, "web/verifier");
const HASHES = path.join(ROOT, "node_modules/@noble/hashes");

/** Files in whose place others stand here, each compared with its original by a test. */
const INSTEAD: Readonly<Record<string, string>> = {
  "node_modules/viem/_esm/utils/abi/decodeAbiParameters.js": "abi.ts",
  "node_modules/viem/_esm/utils/abi/decodeEventLog.js": "calls.ts",
  "node_modules/viem/_esm/utils/abi/decodeFunctionData.js": "calls.ts",
  "node_modules/viem/_esm/utils/abi/encodeAbiParameters.js": "abi.ts",
  "node_modules/viem/_esm/utils/abi/encodeEventTopics.js": "calls.ts",
  "node_modules/viem/_esm/utils/abi/getAbiItem.js": "abi.ts",
  "node_modules/viem/_esm/utils/signature/hashTypedData.js": "typed.ts",
  "node_modules/write-excel-file/modules/zip/zipToArrayBuffer.js": "zip.ts",
  "protocol/anchor/tlog/ed25519.ts": "ed25519.ts",
  "protocol/registry/curves.ts": "curves.ts",
  "protocol/verify/block/rlp.ts": "rlp.ts",
  "protocol/verify/block/trie.ts": "trie.ts",
};

function takeInstead(): Plugin {
  return {
    name: "take-instead",
    enforce: "pre",
    resolveId(id, importer) {
      // What stands in another's place may still use it.
      if (importer === undefined || !id.startsWith(".")) return undefined;
      const file = path.relative(ROOT, path.resolve(path.dirname(importer), id));
      const found = INSTEAD[file.split(path.sep).join("/")];
      return found === undefined ? undefined : path.join(SOURCE, found);
    },
  };
}

/** Errors of viem say much to a programmer, and nobody reads them here: what throws is what counts. */
function shortErrors(): Plugin {
  return {
    name: "short-errors",
    enforce: "pre",
    load(id) {
      if (!/viem\/_esm\/errors\/\w+\.js$/.test(id)) return undefined;
      const code = fs.readFileSync(id, "utf8");
      const names = [...code.matchAll(/^export (?:class|const|function) (\w+)/gm)];
      return names.map(([, name]) => `export class ${name} extends Error {}`).join("\n");
    },
  };
}

/** The calls that a verifier reads; any other one that a transaction makes is none of them. */
const CALLS = [
  "bindKeys",
  "convene",
  "extend",
  "freezeRoll",
  "openBallot",
  "openBatch",
  "openPaper",
  "revokeKey",
  "seal",
  "sealOwn",
  "sealPaper",
];

/** Of the contracts' interfaces what a verifier decodes: events, and the functions whose calls it reads. */
function pruneAbi(): Plugin {
  const isAbi = /protocol\/abi\/(anchor|assembly|registry|fund)\.ts$/;
  const keep = ({ type, name = "" }: { type: string; name?: string }): boolean =>
    (type === "event" && name !== "EIP712DomainChanged") ||
    (type === "function" && CALLS.includes(name));
  const unused = (name: string): boolean =>
    ["internalType", "outputs", "stateMutability", "anonymous"].includes(name);
  return {
    name: "prune-abi",
    enforce: "pre",
    transform(code, id) {
      if (!isAbi.test(id)) return undefined;
      return code.replace(/= (\[[\s\S]*\]) as const;/, (_, json: string) => {
        const kept = (JSON.parse(json) as { type: string }[]).filter(keep);
        return `= ${JSON.stringify(kept, (name, value: unknown) => (unused(name) ? undefined : value))};`;
      });
    },
  };
}

/** Places of the contracts' values that a verifier compares. */
const PLACES =
  "_roles _officerNonce _assembly _rolls _keyPages _revoked _head _polls registry anchor assembly hash immutables".split(
    " ",
  );

/** Of what the compiler says of storage and code, what a verifier compares. */
function pruneFacts(): Plugin {
  const isFacts = /protocol\/abi\/(layout|runtime)\.ts$/;
  return {
    name: "prune-facts",
    enforce: "pre",
    transform(code, id) {
      if (!isFacts.test(id)) return undefined;
      return code.replace(/= (\{[\s\S]*\}) as const;/, (_, text: string) => {
        const json = text.replace(/^ {2}(\w+):/gm, '"$1":').replace(/,\s*\}$/, "}");
        const contracts = Object.entries(JSON.parse(json) as Record<string, object>)
          .filter(([name]) => PLACES.includes(name))
          .map(([name, facts]) => {
            const kept = Object.entries(facts).filter(([key]) => PLACES.includes(key));
            return [name, Object.fromEntries(kept)] as const;
          });
        // Keys without quotes are shorter.
        const kept = JSON.stringify(Object.fromEntries(contracts));
        return `= ${kept.replace(/"(\w+)":/g, "$1:")};`;
      });
    },
  };
}

const hashOf = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What the file may do: run this one script and these styles, start itself as a worker; nothing else, no network. */
function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "worker-src blob:",
    "require-trusted-types-for 'script'",
    "trusted-types mingzhang",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function replaceOnce(text: string, [place = "", content = ""]: readonly string[]): string {
  if (text.split(place).length !== 2) throw new Error(`verifier.html has no place for ${place}`);
  return text.replace(place, () => content);
}

/** Puts script and style into the page, the page's permissions and the part's hash with them, and the part beside it. */
function oneFile(part: string): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const chunk = files.find((file) => file.type === "chunk")?.code.trim() ?? "";
      const hash = `0x${createHash("sha256").update(part).digest("hex")}`;
      const script = replaceOnce(chunk, [PART_SHA256, hash]);
      const style = files.find(({ fileName }) => fileName.endsWith(".css"));
      const css = style?.type === "asset" ? String(style.source).trim() : "";
      if (css === "") throw new Error("the build gave no styles");
      if (/<\/(script|style)/i.test(script + css)) throw new Error("would end its own element");
      for (const { fileName } of files) delete bundle[fileName];
      const html = [
        ["default-src 'none'", policyOf(script, css)],
        ["<style></style>", `<style>${css}</style>`],
        ['<script id="verifier"></script>', `<script id="verifier">${script}</script>`],
      ].reduce(replaceOnce, fs.readFileSync(path.join(SOURCE, "verifier.html"), "utf8"));
      this.emitFile({ type: "asset", fileName: "verifier.html", source: html });
      this.emitFile({ type: "asset", fileName: PART_FILE, source: part });
      const readme = fs.readFileSync(path.join(SOURCE, "README.txt"));
      this.emitFile({ type: "asset", fileName: "README.txt", source: readme });
    },
  };
}

const SHARED: UserConfig = {
  root: "web",
  publicDir: false,
  resolve: {
    alias: [
      { find: /^zod$/, replacement: path.join(SOURCE, "schema.ts") },
      // One copy of the hashes: viem brings an older one of the same functions.
      { find: /^@noble\/hashes\/sha3$/, replacement: path.join(HASHES, "sha3.js") },
      { find: /^@noble\/hashes\/sha256$/, replacement: path.join(HASHES, "sha2.js") },
    ],
  },
};

/** The part of the verifier that lies beside the page: all that there is to verify. */
export async function buildPart(): Promise<string> {
  const built = await build({
    ...SHARED,
    configFile: false,
    logLevel: "error",
    root: path.join(ROOT, "web"),
    plugins: [takeInstead(), shortErrors()],
    build: {
      target: "es2022",
      write: false,
      rolldownOptions: { input: path.join(SOURCE, "part.ts"), output: { format: "iife" } },
    },
  });
  const chunks = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  const [chunk, ...others] = chunks;
  if (chunk?.type !== "chunk" || others.length > 0) throw new Error("the part is one script");
  return chunk.code;
}

// The verifier that lies in every evidence bundle: one HTML file that opens from disk.
export default defineConfig(async (): Promise<UserConfig> => ({
  ...SHARED,
  plugins: [takeInstead(), shortErrors(), pruneAbi(), pruneFacts(), oneFile(await buildPart())],
  build: {
    outDir: "../dist/verifier",
    emptyOutDir: true,
    target: "es2022",
    // A few hundredths smaller than the usual one's, which is what a check of its own needs.
    minify: "terser",
    terserOptions: {
      ...{ ecma: 2022, toplevel: true },
      compress: { passes: 4, pure_getters: true, unsafe_arrows: true, keep_fargs: false },
    },
    // One file of styles; otherwise the script would put them in, which the policy forbids.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: path.join(SOURCE, "main.ts"),
      output: { format: "iife" },
    },
  },
}));
