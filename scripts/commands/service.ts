import * as z from "zod";
import { Unusable } from "./input.ts";

const DEFAULT_API = "http://localhost:8080";

/** Where a service's API answers, without a slash at the end: `<origin>/api`. */
export function apiBase(api: string | undefined): string {
  return `${(api ?? DEFAULT_API).replace(/\/+$/, "").replace(/\/api$/, "")}/api`;
}

const communitiesShape = z.object({ items: z.array(z.object({ id: z.string() })) });

/** The id of the service's community, where it has only one. */
export async function findOnlyCommunity(base: string): Promise<string> {
  let answer: unknown;
  try {
    answer = await (await fetch(`${base}/communities`)).json();
  } catch (cause) {
    throw new Unusable(`no service answers at ${base}; say where with --api`, { cause });
  }
  const ids = communitiesShape.safeParse(answer).data?.items.map(({ id }) => id) ?? [];
  if (ids.length === 1) return ids[0] as string;
  const found = ids.length === 0 ? "none" : ids.join(", ");
  throw new Unusable(`say which community with --community; the service has: ${found}`);
}
