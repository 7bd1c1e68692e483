import { request } from "../service/request.ts";
import { integer, list, object, text } from "../service/shape.ts";
import { communityPath } from "./community.ts";

const rollsShape = object({ items: list(object({ roll: integer, state: text })) });

/** Numbers of the frozen rolls, newest first. */
export async function listFrozenRolls(community: string): Promise<number[]> {
  const { items } = await request(communityPath(community, "/rolls"), rollsShape);
  const frozen = items.filter(({ state }) => state === "frozen").map(({ roll }) => roll);
  return frozen.sort((a, b) => b - a);
}
