import react from "@vitejs/plugin-react";
import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig } from "vite";
import type { Plugin } from "vite";

const WEB = path.join(import.meta.dirname, "web");
const COMPRESSIBLE = /\.(js|css|html|svg|webmanifest)$/;

/** The best takes ten times as long for a fiftieth less. */
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 9 };

/** What most screens are put together from, none of it large: one file, because each costs a phone a way to the service and back. */
const PARTS =
  /^(shell\/(?!qr-)|anchor\/documents|assembly\/(report-|re(sult|counted)|m(otion-view|argin)|kept-|plan-|s(hown|tage)))/;
const isPart = (id: string): boolean => PARTS.test(path.relative(WEB, id));

/** Beside every file that was written its compressed forms, which the service sends to who takes them. */
function precompress(): Plugin {
  return {
    name: "precompress",
    writeBundle({ dir = "" }) {
      for (const name of fs.readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        if (!COMPRESSIBLE.test(name)) continue;
        const file = path.join(dir, name);
        const bytes = fs.readFileSync(file);
        fs.writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: BROTLI }));
        fs.writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** Lets the document name the page's own code: it comes beside the script that asks for it. */
function preloadPage(): Plugin {
  return {
    name: "preload-page",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter(({ type }) => type === "chunk");
        const page = chunks.find(({ name }) => name === "page");
        if (!page) return [];
        const attrs = { rel: "modulepreload", crossorigin: true, href: `/${page.fileName}` };
        return [{ tag: "link", attrs, injectTo: "head" }];
      },
    },
  };
}

// The page runs under `default-src 'none'` with Trusted Types: everything it loads is a file of its
// own, nothing is put inline. File names carry the hash of their content, so two builds are equal.
export default defineConfig({
  root: "web",
  plugins: [react(), preloadPage(), precompress()],
  resolve: {
    // What packs workbooks would start workers of its own, which the page's policy lets nobody do.
    alias: [
      {
        find: /^\.\.\/zip\/zipToArrayBuffer\.js$/,
        replacement: path.join(WEB, "verifier/zip.ts"),
      },
    ],
  },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the first screen needs is one file: cut into many it is larger, and slower to come.
    rolldownOptions: {
      input: {
        index: path.join(WEB, "index.html"),
        "service-worker": path.join(WEB, "offline/service-worker.ts"),
      },
      output: {
        // A service worker rules what lies below it, so it lies at the top, and keeps its name.
        entryFileNames: ({ name }) =>
          name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js",
        codeSplitting: {
          groups: [
            { name: "start", test: /web\/start\.ts$/, priority: 3 },
            { name: "page", test: /web\/main\.tsx$/, priority: 2 },
            { name: "parts", test: isPart },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": process.env["API_URL"] ?? "http://localhost:8080" } },
});
