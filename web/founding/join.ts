import { listOfficers, type Officer } from "../console/officers.ts";
import {
  createOfficerKey,
  findOfficerKey,
  keepOfficerKey,
  toLoginSigner,
  type OwnOfficerKey,
} from "../console/officer-key.ts";
import { forget, recall, remember } from "../memory/database.ts";
import { normaliseCode } from "../registry/letter-code.ts";
import { Problem } from "../service/problem.ts";
import { request } from "../service/request.ts";
import { anything, list, object, text, type Read } from "../service/shape.ts";
import { proveKey } from "../signing/session.ts";

const officeShape = object({ title: text, roles: list(text), community: text, name: text });

/** The office that a link is for. */
export type Office = Read<typeof officeShape>;

/** The office for which this browser has handed in a key last. */
const CLAIMED = "office";
/** A key of an earlier try that did not get through. */
const PENDING = "pending officer";

export function findOffice(code: string): Promise<Office> {
  const body = { code: normaliseCode(code) };
  return request("/api/seats/find", officeShape, { method: "POST", body });
}

async function takeKey(kind: OwnOfficerKey["kind"], name: string): Promise<OwnOfficerKey> {
  const pending = await recall<OwnOfficerKey>("keys", PENDING);
  if (pending?.kind === kind) return pending;
  const made = await createOfficerKey(kind, name);
  await remember("keys", PENDING, made);
  return made;
}

export interface Claim {
  readonly code: string;
  readonly office: Office;
  readonly kind: OwnOfficerKey["kind"];
  /** Under which a passkey is found again. */
  readonly name: string;
}

/** Makes the officer's key, proves that it is here, and hands it in with the code of the link; this logs in too. */
export async function claimOffice({ code, office, kind, name }: Claim): Promise<void> {
  const key = await takeKey(kind, name);
  const proof = await proveKey(toLoginSigner(key), "enrol").catch(async (error: unknown) => {
    // Whatever is the matter with it, the next try shall make another.
    await forget("keys", PENDING);
    throw error;
  });
  const body = { code: normaliseCode(code), ...proof };
  await request("/api/seats/claims", anything, { method: "POST", body });
  await keepOfficerKey(key);
  await remember("keys", CLAIMED, office);
  await forget("keys", PENDING);
}

/** Where somebody stands who has handed in his key: waiting, until the community names him. */
export interface Standing {
  readonly office: Office;
  readonly keyId: `0x${string}`;
  readonly officer: Officer | undefined;
}

async function findOfficer(community: string, keyId: string): Promise<Officer | undefined> {
  try {
    const officers = await listOfficers(community);
    return officers.find((known) => known.keyId.toLowerCase() === keyId);
  } catch (error) {
    // The community itself does not stand yet.
    if (error instanceof Problem && error.code === "CommunityNotFound") return undefined;
    throw error;
  }
}

export async function loadStanding(): Promise<Standing | null> {
  const office = await recall<Office>("keys", CLAIMED);
  const key = await findOfficerKey();
  if (!office || !key) return null;
  const { keyId } = toLoginSigner(key);
  return { office, keyId, officer: await findOfficer(office.community, keyId) };
}
