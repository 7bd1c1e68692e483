import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";

/** Smaller answers fit into one packet anyway. */
const WORTH_BYTES = 1_400;

const compress = promisify(gzip);

/**
 * Sends public JSON, compressed for who takes it: records and the chain's answers are long, and phones are often on
 * slow lines. Never for what only a session may see, whose length must not follow from secrets beside it.
 */
export async function sendPublicJson(
  request: Request,
  response: Response,
  value: unknown,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(value));
  response.type("json").vary("Accept-Encoding");
  if (bytes.length < WORTH_BYTES || !request.acceptsEncodings("gzip")) response.send(bytes);
  else response.set("Content-Encoding", "gzip").send(await compress(bytes));
}
