import { request } from "../service/request.ts";
import {
  anything,
  hex,
  instant,
  list,
  maybe,
  object,
  oneOf,
  text,
  type Read,
} from "../service/shape.ts";
import type { Hex } from "../signing/signer.ts";

export const ROLES = ["registrar", "committee", "teller", "approver", "auditor"] as const;

export const seatShape = object({
  id: text,
  title: text,
  roles: list(text),
  state: oneOf(["invited", "claimed", "confirmed", "appointed"]),
  keyId: maybe(hex),
  createdAt: instant,
  expiresAt: instant,
  claimedAt: maybe(instant),
});

export type Seat = Read<typeof seatShape>;

const openedShape = object({ id: text, code: text, expiresAt: instant });

/** A link as it was just made: it is shown this once. */
export type OpenedSeat = Read<typeof openedShape>;

/** Who gives seats: the operator before a community stands, two officers afterwards. */
export interface Appointer {
  /** Below which the routes of seats are. */
  readonly path: string;
  /** What follows from a number that was compared. */
  readonly act: "confirmation" | "proposal";
}

export function openSeat(
  { path }: Appointer,
  office: { readonly title: string; readonly roles: readonly string[] },
): Promise<OpenedSeat> {
  return request(`${path}/seats`, openedShape, { method: "POST", body: office });
}

export function reopenSeat({ path }: Appointer, id: string): Promise<OpenedSeat> {
  return request(`${path}/seats/${id}/code`, openedShape, { method: "POST", body: {} });
}

export async function withdrawSeat({ path }: Appointer, id: string): Promise<void> {
  await request(`${path}/seats/${id}`, anything, { method: "DELETE" });
}

/** The number was compared: it is this very key that is meant. */
export async function confirmSeat({ path, act }: Appointer, id: string, keyId: Hex): Promise<void> {
  await request(`${path}/seats/${id}/${act}`, anything, { method: "POST", body: { keyId } });
}

export const joinAddress = (code: string): string => `${location.origin}/join#code=${code}`;
