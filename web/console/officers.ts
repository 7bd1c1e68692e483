import { useQuery, type UseQueryResult } from "../service/query.ts";
import { communityPath } from "../registry/community.ts";
import { Problem } from "../service/problem.ts";
import { request } from "../service/request.ts";
import { hex, list, object, text, type Read } from "../service/shape.ts";
import { findSession, logIn } from "../signing/session.ts";
import { findOfficerKey, toLoginSigner, type OfficerKey } from "./officer-key.ts";

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
}

async function ensureSession(key: OfficerKey): Promise<void> {
  const signer = toLoginSigner(key);
  const session = await findSession();
  if (session?.keyId !== signer.keyId) await logIn(signer);
}

export async function openDesk(community: string): Promise<Desk | null> {
  const key = await findOfficerKey();
  if (!key) return null;
  const { items } = await request(communityPath(community, "/officers"), officersShape);
  const { keyId } = toLoginSigner(key);
  const officer = items.find((known) => known.keyId.toLowerCase() === keyId);
  if (officer) await ensureSession(key);
  return { key, officer };
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
