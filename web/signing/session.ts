import { LOGIN_PURPOSE, loginTypedData } from "../../protocol/registry/messages.ts";
import { request } from "../service/request.ts";
import { anything, hex, integer, object, type Read } from "../service/shape.ts";
import { signWithAnyPasskey, toPasskeySigner, type Passkey } from "./passkey.ts";
import type { Hex, Signed, Signer, Typed } from "./signer.ts";

const challengeShape = object({ challenge: hex, chainId: integer });
const sessionShape = object({ kind: integer, keyId: hex });

export type Session = Read<typeof sessionShape>;

export interface Proof extends Signed {
  readonly challenge: Hex;
  readonly kind: number;
  readonly keyId: Hex;
  readonly form: number;
}

/** What a person signs to show that the key is his; the site is the address bar's, not the service's word. */
export function loginMessage(
  purpose: keyof typeof LOGIN_PURPOSE,
  { challenge, chainId }: { challenge: Hex; chainId: number },
): Typed {
  const message = { site: location.origin, purpose: LOGIN_PURPOSE[purpose], challenge };
  return loginTypedData(chainId, message);
}

export function requestChallenge(): Promise<Read<typeof challengeShape>> {
  return request("/api/session/challenge", challengeShape, { method: "POST", body: {} });
}

export async function proveKey(
  signer: Signer,
  purpose: keyof typeof LOGIN_PURPOSE,
): Promise<Proof> {
  const asked = await requestChallenge();
  const signed = await signer.sign(loginMessage(purpose, asked));
  const { kind, keyId, form } = signer;
  return { challenge: asked.challenge, kind, keyId, form, ...signed };
}

/** Logs in with whatever passkey its holder picks, as long as it is one that `isKnown` knows. */
export async function logInWithAnyPasskey(
  isKnown: (points: readonly Hex[]) => Promise<Hex | undefined>,
): Promise<Passkey> {
  const asked = await requestChallenge();
  const { passkey, signed } = await signWithAnyPasskey(loginMessage("login", asked), isKnown);
  const { kind, keyId, form } = toPasskeySigner(passkey);
  const body = { challenge: asked.challenge, kind, keyId, form, ...signed };
  await request("/api/session", sessionShape, { method: "POST", body });
  return passkey;
}

export async function logIn(signer: Signer): Promise<Session> {
  const proof = await proveKey(signer, "login");
  return request("/api/session", sessionShape, { method: "POST", body: proof });
}

export async function logOut(): Promise<void> {
  await request("/api/session", anything, { method: "DELETE" });
}

export async function findSession(): Promise<Session | null> {
  try {
    return await request("/api/session", sessionShape);
  } catch {
    return null;
  }
}
