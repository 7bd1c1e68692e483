import { proveKey } from "../../api/demo/household.ts";
import type { Challenge } from "../../api/demo/household.ts";
import type { DemoKey } from "../../api/demo/keys.ts";
import type { Actor, Ask, Port } from "../../api/demo/port.ts";

/** The service said no, or nothing at all. */
export class ServiceFailure extends Error {
  override readonly name = "ServiceFailure";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

export interface HttpPortSettings {
  /** Asked at every request: after a restart it is another one. */
  url: () => string;
  operatorToken?: string;
  /** The key with which an officer logs in. */
  keyOf: (actor: Actor) => DemoKey;
}

/** The service's routes over HTTP, with a login for every officer who acts. */
export class HttpPort implements Port {
  readonly #settings: HttpPortSettings;
  readonly #cookies = new Map<string, Promise<string>>();
  #requests = 0;

  constructor(settings: HttpPortSettings) {
    this.#settings = settings;
  }

  async ask<T>(ask: Ask): Promise<T> {
    const cookie = ask.as ? await this.#cookieOf(ask.as) : undefined;
    const response = await this.#send(ask, cookie);
    return (await response.json()) as T;
  }

  forgetLogins(): void {
    this.#cookies.clear();
  }

  #cookieOf(actor: Actor): Promise<string> {
    const known = this.#cookies.get(actor.id);
    if (known) return known;
    const cookie = this.#login(this.#settings.keyOf(actor));
    this.#cookies.set(actor.id, cookie);
    cookie.catch(() => this.#cookies.delete(actor.id));
    return cookie;
  }

  async #login(key: DemoKey): Promise<string> {
    const challenge = await this.ask<Challenge>({ method: "post", path: "/session/challenge" });
    const body = await proveKey(key, challenge, "login");
    const response = await this.#send({ method: "post", path: "/session", body });
    return response.headers.getSetCookie()[0]!.split(";")[0]!;
  }

  async #send(ask: Ask, cookie?: string): Promise<Response> {
    const { operatorToken, url } = this.#settings;
    const base = url();
    const response = await fetch(`${base}/api${toAddress(ask)}`, {
      method: ask.method.toUpperCase(),
      headers: {
        Origin: base.replace("127.0.0.1", "localhost"),
        "X-Forwarded-For": this.#nextAddress(),
        ...(cookie === undefined ? {} : { Cookie: cookie }),
        ...(operatorToken === undefined ? {} : { Authorization: `Bearer ${operatorToken}` }),
        ...(ask.body === undefined || ask.file ? {} : { "Content-Type": "application/json" }),
      },
      ...toBody(ask),
    });
    if (response.ok) return response;
    const problem = (await response.json()) as { code: string };
    throw new ServiceFailure(response.status, problem.code);
  }

  /** Everybody asks from a home of his own. */
  #nextAddress(): string {
    const n = this.#requests++;
    return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
  }
}

function toAddress({ path, params = {} }: Ask): string {
  return path.replace(/:(\w+)/g, (_whole, name: string) => String(params[name]));
}

function toBody({ body, file }: Ask): { body?: BodyInit } {
  if (!file) return body === undefined ? {} : { body: JSON.stringify(body) };
  const form = new FormData();
  for (const [name, value] of Object.entries(body ?? {})) form.set(name, String(value));
  form.set("file", new Blob([new Uint8Array(file.bytes)]), file.name);
  return { body: form };
}
