import { useQuery, type UseQueryResult } from "../service/query.ts";
import { communityPath } from "../registry/community.ts";
import { Problem } from "../service/problem.ts";
import { request } from "../service/request.ts";
import { hex, list, object, text, type Read } from "../service/shape.ts";
import { findSession, logIn, logInWithAnyPasskey } from "../signing/session.ts";
import type { Hex } from "../signing/signer.ts";
import {
  findOfficerKey,
  isSilent,
  keepOfficerKey,
  toLoginSigner,
  type OfficerKey,
} from "./officer-key.ts";

const officerShape = object({
  id: hex,
  signer: hex,
  keyId: hex,
  roles: list(text),
  title: text,
});

export type Officer = Read<typeof officerShape>;

const officersShape = object({ items: list(officerShape) });

/** Who works here: an officer with the key that this browser uses for him. */
export interface Desk {
  readonly key: OfficerKey;
  /** Undefined where the key is not (yet) an officer's in this community. */
  readonly officer: Officer | undefined;
  /** Whether the service takes this browser for the key's holder. */
  readonly isIn: boolean;
}

export async function listOfficers(community: string): Promise<readonly Officer[]> {
  return (await request(communityPath(community, "/officers"), officersShape)).items;
}

export function useOfficers(community: string): UseQueryResult<readonly Officer[]> {
  return useQuery({
    queryKey: ["officers", community],
    queryFn: () => listOfficers(community),
    refetchInterval: 5_000,
  });
}

/** A key that asks its holder waits until he says so. */
async function isLoggedIn(key: OfficerKey): Promise<boolean> {
  const signer = toLoginSigner(key);
  const session = await findSession();
  if (session?.keyId === signer.keyId) return true;
  if (!isSilent(key)) return false;
  await logIn(signer);
  return true;
}

export async function openDesk(community: string): Promise<Desk | null> {
  const key = await findOfficerKey();
  if (!key) return null;
  const { keyId } = toLoginSigner(key);
  const officers = await listOfficers(community);
  const officer = officers.find((known) => known.keyId.toLowerCase() === keyId);
  return { key, officer, isIn: officer !== undefined && (await isLoggedIn(key)) };
}

/** x ‖ y of a signer that is a verifier with a key. */
const pointOf = ({ signer }: Officer): Hex => `0x${signer.slice(42)}`;

/** Logs in with a passkey of one of the community's officers, on a device that has not seen it before too. */
export async function signInWithPasskey(community: string): Promise<void> {
  const officers = (await listOfficers(community)).map(pointOf);
  const passkey = await logInWithAnyPasskey((points) =>
    Promise.resolve(points.find((point) => officers.includes(point))),
  );
  await keepOfficerKey(passkey);
}

export function useDesk(community: string): UseQueryResult<Desk | null> {
  return useQuery({
    queryKey: ["desk", community],
    queryFn: () => openDesk(community),
    staleTime: Infinity,
  });
}

const demoShape = object({
  officers: list(object({ title: text, roles: list(text), privateKey: hex })),
});

export type DemoOfficer = Read<typeof demoShape>["officers"][number];

/** Keys that the demonstration makes public, so that anybody can try the desk; none anywhere else. */
export async function listDemoOfficers(): Promise<readonly DemoOfficer[]> {
  try {
    return (await request("/api/demo/keys", demoShape)).officers;
  } catch (error) {
    if (error instanceof Problem && error.code === "RouteNotFound") return [];
    throw error;
  }
}
