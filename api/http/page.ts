import type { Request, RequestHandler, Response } from "express";
import fs from "node:fs";
import path from "node:path";

/** What the build laid beside each file, the smallest first (vite.config.ts). */
const FORMS = [
  { encoding: "br", ending: ".br" },
  { encoding: "gzip", ending: ".gz" },
] as const;

/** The files of the built page, listed once: it is built before the service starts, and never while it runs. */
function listFiles(directory: string): Set<string> {
  if (!fs.existsSync(directory)) return new Set();
  const names = fs.readdirSync(directory, { recursive: true, encoding: "utf8" });
  return new Set(names.map((name) => `/${name.replaceAll(path.sep, "/")}`));
}

interface Site {
  directory: string;
  files: ReadonlySet<string>;
}

function send({ directory, files }: Site, file: string, exchange: [Request, Response]): void {
  const [request, response] = exchange;
  // Files with a hash in their name never change, everything else is asked about each time.
  const isHashed = file.startsWith("/assets/");
  response.set("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.vary("Accept-Encoding").type(path.extname(file));
  const form = FORMS.find(
    ({ encoding, ending }) => files.has(file + ending) && request.acceptsEncodings(encoding),
  );
  if (form) response.set("Content-Encoding", form.encoding);
  response.sendFile(`${file}${form?.ending ?? ""}`, { root: directory, cacheControl: false });
}

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

/** The built page: its files, and its one document for every other address, which is a screen of it. */
export function pageFiles(directory: string): RequestHandler {
  const site = { directory, files: listFiles(directory) };
  return (request, response, next) => {
    const isFile = path.extname(request.path) !== "";
    // A missing script must not be answered with a page.
    const file = isFile ? request.path : "/index.html";
    const isKnown = site.files.has(file) && !file.includes("/.");
    if (isRead(request) && isKnown) send(site, file, [request, response]);
    else next();
  };
}
