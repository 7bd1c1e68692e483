import { expect } from "chai";
import express from "express";
import { once } from "node:events";
import fs from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { pageFiles } from "../../../api/http/page.ts";
import { sendPublicJson } from "../../../api/http/compress.ts";

const SCRIPT = "console.log(1);".repeat(200);

describe("the page's files", () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-files-"));
  const app = express();
  let server: Server;
  let url: string;

  before(async () => {
    const write = (name: string, bytes: string | Buffer) =>
      fs.writeFileSync(path.join(directory, name), bytes);
    fs.mkdirSync(path.join(directory, "assets"));
    fs.mkdirSync(path.join(directory, ".vite"));
    write("index.html", "<!doctype html><title>page</title>");
    write("assets/a-1.js", SCRIPT);
    write("assets/a-1.js.gz", gzipSync(SCRIPT));
    write("assets/a-1.js.br", brotliCompressSync(SCRIPT));
    write(".vite/manifest.json", "{}");
    app.use(pageFiles(directory));
    app.get("/answer.json", (request, response) =>
      sendPublicJson(request, response, { text: "明账".repeat(1000) }),
    );
    server = app.listen(0, "localhost");
    await once(server, "listening");
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    fs.rmSync(directory, { recursive: true });
  });

  const get = (place: string, encoding = "identity") =>
    fetch(url + place, { headers: { "accept-encoding": encoding } });

  for (const [accepted, sent] of [
    ["br, gzip", "br"],
    ["gzip", "gzip"],
    ["identity", null],
  ] as const) {
    it(`come as ${sent ?? "they are"} to who takes ${accepted}, and stay for good`, async () => {
      const response = await get("/assets/a-1.js", accepted);
      expect(await response.text()).to.equal(SCRIPT);
      expect(response.headers.get("content-encoding")).to.equal(sent);
      expect(response.headers.get("content-type")).to.match(/javascript/);
      expect(response.headers.get("vary")).to.equal("Accept-Encoding");
      expect(response.headers.get("cache-control")).to.include("immutable");
    });
  }

  it("are the one document for every screen, asked about each time", async () => {
    for (const place of ["/", "/communities/a/meetings/1"]) {
      const response = await get(place);
      expect(await response.text()).to.include("<title>page");
      expect(response.headers.get("cache-control")).to.equal("no-cache");
    }
  });

  it("are never a page in place of a missing script, nor anything outside or hidden", async () => {
    for (const place of [
      "/assets/b.js",
      "/.vite/manifest.json",
      "/..%2fa.txt",
      "/assets/%2e%2e/x.js",
    ]) {
      expect((await get(place)).status, place).to.equal(404);
    }
  });

  it("public answers that are long come compressed", async () => {
    const response = await get("/answer.json", "gzip");
    expect(response.headers.get("content-encoding")).to.equal("gzip");
    expect(await response.json()).to.deep.equal({ text: "明账".repeat(1000) });
    expect((await get("/answer.json")).headers.get("content-encoding")).to.equal(null);
  });
});
