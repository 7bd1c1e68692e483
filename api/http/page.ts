import express from "express";
import type { RequestHandler, Response } from "express";
import fs from "node:fs";
import path from "node:path";

/** The built page: files with a hash in their name never change, everything else is asked about each time. */
export function pageFiles(directory: string): RequestHandler {
  return express.static(directory, {
    index: false,
    redirect: false,
    setHeaders: (response: Response, file: string) => {
      const isHashed = file.startsWith(path.join(directory, "assets") + path.sep);
      const cacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
      response.set("Cache-Control", cacheControl);
    },
  });
}

/** Every other address is a screen of the one page. */
export function pageShell(directory: string): RequestHandler {
  const file = path.join(directory, "index.html");
  return (request, response, next) => {
    const wantsPage = request.method === "GET" || request.method === "HEAD";
    // A missing script must not be answered with a page.
    if (!wantsPage || path.extname(request.path) !== "" || !fs.existsSync(file)) {
      next();
      return;
    }
    response.set("Cache-Control", "no-cache").sendFile(file);
  };
}
