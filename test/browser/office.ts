import { hashTypedData, type Hex, type TypedDataDefinition } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { createOfficers } from "../../api/demo/officers.ts";
import { FORM, KEY_KIND, toCompactSignature } from "../../protocol/registry/keys.ts";
import { LOGIN_PURPOSE, loginTypedData } from "../../protocol/registry/messages.ts";

export const COMMUNITY = "demo-garden";

const officers = createOfficers();
type Office = keyof typeof officers;

/** The demonstration's officers at work over HTTP, for what a story in the browser needs from them. */
export class OfficerAtWork {
  readonly #url: string;
  readonly #office: (typeof officers)[Office];
  #cookie = "";

  constructor(url: string, office: Office) {
    this.#url = url;
    this.#office = officers[office];
  }

  async #ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.#url}/api${path}`, {
      method,
      headers: { "content-type": "application/json", origin: this.#url, cookie: this.#cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.#cookie = cookie.split(";")[0] ?? "";
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async logIn(): Promise<void> {
    const { privateKey, signer } = this.#office;
    const asked = await this.#ask<{ challenge: Hex; site: string; chainId: number }>(
      "POST",
      "/session/challenge",
      {},
    );
    const message = {
      site: asked.site,
      purpose: LOGIN_PURPOSE.login,
      challenge: asked.challenge,
    };
    const account = privateKeyToAccount(privateKey);
    const signature = await account.signTypedData(loginTypedData(asked.chainId, message));
    await this.#ask("POST", "/session", {
      challenge: asked.challenge,
      kind: KEY_KIND.secp256k1,
      keyId: signer,
      form: FORM.plain,
      signature: toCompactSignature(signature),
    });
  }

  /** A write below the community, by its answer. */
  do<Answer>(path: string, body: object): Promise<Answer> {
    return this.#ask("POST", `/communities/${COMMUNITY}${path}`, body);
  }

  /** One household's invitation code in a roll. */
  async invite(roll: number): Promise<string> {
    const path = `/communities/${COMMUNITY}/rolls/${roll}/invitations`;
    const { items } = await this.#ask<{ items: { code: string }[] }>("POST", path, {});
    const [first] = items;
    if (!first) throw new Error(`every voter of roll ${roll} has a key`);
    return first.code;
  }

  async proposeKeys(roll: number): Promise<void> {
    await this.#ask("POST", `/communities/${COMMUNITY}/rolls/${roll}/keys`, {});
  }

  /** Signs whatever is open. */
  async signAll(): Promise<void> {
    const path = `/communities/${COMMUNITY}/proposals`;
    const { items } = await this.#ask<{ items: { id: string; typedData: unknown; digest: Hex }[] }>(
      "GET",
      `${path}?state=open`,
    );
    const { privateKey, signer } = this.#office;
    for (const { id, typedData, digest } of items) {
      const typed = typedData as TypedDataDefinition;
      if (hashTypedData(typed) !== digest) throw new Error(`proposal ${id} signs something else`);
      const signature = await privateKeyToAccount(privateKey).signTypedData(typed);
      await this.#ask("POST", `${path}/${id}/attestations`, { signer, signature });
    }
  }
}

/** Meetings of the demonstration by their stage. */
export async function findMeeting(
  url: string,
  stage: string,
): Promise<{ number: number; roll: number; title: string; motions: unknown[] }> {
  const response = await fetch(`${url}/api/communities/${COMMUNITY}/meetings`);
  const { items } = (await response.json()) as {
    items: { number: number; roll: number; title: string; stage: string; motions: unknown[] }[];
  };
  const meeting = items.find((item) => item.stage === stage);
  if (!meeting) throw new Error(`the demonstration has no meeting in stage ${stage}`);
  return meeting;
}
