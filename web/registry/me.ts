import { Problem } from "../service/problem.ts";
import { request } from "../service/request.ts";
import {
  area,
  hex,
  integer,
  list,
  maybe,
  object,
  oneOf,
  text,
  instant,
  flag,
  type Read,
} from "../service/shape.ts";
import { findKey, isSilent, toSigner, type KeptKey } from "../signing/kept-key.ts";
import type { Hex } from "../signing/signer.ts";
import { findSession, logIn } from "../signing/session.ts";
import { communityPath } from "./community.ts";

const lineShape = object({
  building: text,
  entrance: text,
  unit: text,
  area,
  salt: hex,
  leaf: hex,
  proof: list(hex),
});

const confirmationsShape = list(object({ role: text, title: text, at: instant }));

const keyShape = object({
  state: oneOf(["waiting", "bound", "revoked"]),
  page: maybe(integer),
  position: maybe(integer),
  keyId: hex,
  carried: flag,
  enrolledAt: maybe(instant),
  boundAt: maybe(instant),
  boundBy: confirmationsShape,
  revokedAt: maybe(instant),
  revokedBy: confirmationsShape,
  reason: maybe(text),
});

const voterShape = object({
  roll: integer,
  voter: integer,
  area,
  lines: list(lineShape),
  keys: list(keyShape),
});

const meShape = object({ voters: list(voterShape) });

export type Me = Read<typeof meShape>;
export type OwnVoter = Me["voters"][number];
export type OwnKey = Read<typeof keyShape>;
export type OwnLine = Read<typeof lineShape>;
/** A key that stands in a roll, and where. */
export interface KeyPlace {
  readonly page: number;
  readonly position: number;
  readonly keyId: Hex;
}

/** Where this key is bound for this voter; undefined while it waits, or once it is revoked. */
export function findPlace(own: OwnVoter, keyId: Hex): KeyPlace | undefined {
  const key = own.keys.find((bound) => bound.keyId === keyId && bound.state === "bound");
  if (key?.page === undefined || key.position === undefined) return undefined;
  return { page: key.page, position: key.position, keyId };
}

function requestMe(community: string): Promise<Me> {
  return request(communityPath(community, "/me"), meShape);
}

/** The session is over and the key's holder would be asked: he shall say when. Or the key opens nothing (any more). */
export type NotMe = "signIn" | "unknown";

const isUnknown = (error: unknown): boolean =>
  error instanceof Problem && error.code === "OwnerRequired";

async function requestMeOrNot(community: string): Promise<Me | NotMe> {
  try {
    return await requestMe(community);
  } catch (error) {
    if (isUnknown(error)) return "unknown";
    if (error instanceof Problem && error.code === "LoginRequired") return "signIn";
    throw error;
  }
}

/** The owner's own entries; a key that signs without asking anybody logs in where the session is over or another's. */
export async function loadMe(community: string, kept: KeptKey): Promise<Me | NotMe> {
  const first = await requestMeOrNot(community);
  if (typeof first === "object") return first;
  const signer = toSigner(kept);
  if (first === "unknown" && (await findSession())?.keyId === signer.keyId) return "unknown";
  if (!isSilent(kept)) return "signIn";
  await logIn(signer);
  return requestMeOrNot(community);
}

export function findOwnerKey(community: string): Promise<KeptKey | undefined> {
  return findKey(`owner ${community}`);
}
