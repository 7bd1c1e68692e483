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
  type Read,
} from "../service/shape.ts";
import { findKey, type KeptKey } from "../signing/device-key.ts";
import type { Hex } from "../signing/signer.ts";
import { logIn, toSigner } from "../signing/session.ts";
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

const keyShape = object({
  state: oneOf(["waiting", "bound", "revoked"]),
  page: maybe(integer),
  position: maybe(integer),
  keyId: hex,
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

/** The owner's own entries; signs in with the kept key where the session is over or someone else's. */
export async function loadMe(community: string, kept: KeptKey): Promise<Me> {
  try {
    return await requestMe(community);
  } catch (error) {
    const code = error instanceof Problem ? error.code : "";
    if (code !== "LoginRequired" && code !== "OwnerRequired") throw error;
  }
  await logIn(toSigner(kept));
  return requestMe(community);
}

export function findOwnerKey(community: string): Promise<KeptKey | undefined> {
  return findKey(`owner ${community}`);
}
