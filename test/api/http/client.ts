import { expect } from "chai";
import { toText } from "../../unpacked.ts";

// Tests read fields of answers whose shape the OpenAPI document gives; the test of that document compares them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type Body = any;

export interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

/** A browser or a program: keeps its cookie and says where it comes from. */
export class Client {
  readonly url: string;
  readonly #headers: Record<string, string>;
  cookie: string | undefined;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url;
    this.#headers = { Origin: url, ...headers };
  }

  async request(method: string, address: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers({ ...this.#headers, ...(init.headers as Record<string, string>) });
    if (this.cookie) headers.set("Cookie", this.cookie);
    const response = await fetch(`${this.url}/api${address}`, { ...init, method, headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(";")[0];
    const mediaType = response.headers.get("Content-Type");
    const text = await toText(new Uint8Array(await response.arrayBuffer()), mediaType);
    const isJson = /json/.test(mediaType ?? "");
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }

  get(address: string): Promise<Answer> {
    return this.request("GET", address);
  }

  post(address: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.request("POST", address, {
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    });
  }

  delete(address: string): Promise<Answer> {
    return this.request("DELETE", address);
  }

  upload(
    address: string,
    file: { name: string; bytes: Uint8Array },
    fields: Record<string, string> = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("file", new Blob([new Uint8Array(file.bytes)]), file.name);
    return this.request("POST", address, { body: form });
  }
}

/** The body of an answer that must have gone well. */
export async function ok(pending: Promise<Answer>): Promise<Body> {
  const { status, body } = await pending;
  expect(status, JSON.stringify(body)).to.be.within(200, 299);
  return body;
}

/** The code of an answer that must have been refused. */
export async function refused(pending: Promise<Answer>, status?: number): Promise<string> {
  const answer = await pending;
  expect(answer.status, JSON.stringify(answer.body)).to.be.at.least(400);
  expect(answer.headers.get("Content-Type")).to.equal("application/problem+json; charset=utf-8");
  if (status !== undefined) expect(answer.status).to.equal(status);
  return answer.body.code as string;
}

/** Asks until the answer is there: what goes to the chain takes a moment. */
export async function eventually<T>(ask: () => Promise<T | undefined>, seconds = 15): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("it did not come about in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
