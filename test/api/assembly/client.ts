import { expect } from "chai";
import { ORIGIN } from "./service.ts";
import type { TestService } from "./service.ts";

export interface Answer {
  status: number;
  // Tests read what they expect; a wrong shape fails them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Ask {
  body?: unknown;
  form?: FormData;
  cookie?: string | undefined;
  token?: string;
}

/** One request below `/api`. */
export async function ask(
  service: TestService,
  method: string,
  path: string,
  { body, form, cookie, token }: Ask = {},
): Promise<Answer & { headers: Headers }> {
  const response = await fetch(`${service.url}/api${path}`, {
    method,
    headers: {
      Origin: ORIGIN,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(cookie ? { Cookie: cookie } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(form ? { body: form } : {}),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    body: isJson && text !== "" ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

/** The same, which must succeed. */
export async function get(
  service: TestService,
  path: string,
  options: Ask = {},
): Promise<Answer["body"]> {
  return requireOk(await ask(service, "GET", path, options));
}

export async function post(
  service: TestService,
  path: string,
  options: Ask = {},
): Promise<Answer["body"]> {
  return requireOk(await ask(service, "POST", path, options));
}

function requireOk({ status, body }: Answer): Answer["body"] {
  if (status < 300) return body;
  throw new Error(`${status}: ${JSON.stringify(body)}`);
}

/** The request must fail with this code. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body?.code }).to.deep.equal({ status, code });
}
