import { toSigner } from "../signing/kept-key.ts";
import { logIn } from "../signing/session.ts";
import { findOwnerKey, loadMe } from "../registry/me.ts";
import { communityPath } from "../registry/community.ts";
import { Problem } from "../service/problem.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import { instant, integer, list, maybe, object, oneOf, text, type Read } from "../service/shape.ts";

export const MAX_TALK_CHARACTERS = 2000;

const spoken = { record: integer, at: instant, text: maybe(text) };

const talkShape = object({
  items: list(
    object({
      ...spoken,
      kind: oneOf(["question", "objection"]),
      answers: list(object({ ...spoken, office: text })),
    }),
  ),
});

/** A question or an objection with its answers; a text is undefined once it is redacted. */
export type Talk = Read<typeof talkShape>["items"][number];
export type TalkAnswer = Talk["answers"][number];

export interface TalkPlace {
  readonly community: string;
  readonly meeting: number;
}

function talkPath({ community, meeting }: TalkPlace, rest: string): string {
  return communityPath(community, `/meetings/${meeting}${rest}`);
}

export async function requestTalk(place: TalkPlace): Promise<readonly Talk[]> {
  return (await request(talkPath(place, "/talk"), talkShape)).items;
}

export function useTalk(place: TalkPlace): UseQueryResult<readonly Talk[]> {
  return useQuery({
    queryKey: ["talk", place.community, place.meeting],
    queryFn: () => requestTalk(place),
    refetchInterval: 30_000,
  });
}

const saidShape = object({ record: integer });

/** Says something in public as an owner; signs in with the kept key where nobody is signed in. */
export async function speak(place: TalkPlace, kind: Talk["kind"], said: string): Promise<number> {
  const kept = await findOwnerKey(place.community);
  if (!kept) throw new Problem("OwnerKeyMissing");
  if ((await loadMe(place.community, kept)) === "signIn") await logIn(toSigner(kept));
  const path = talkPath(place, `/${kind}s`);
  return (await request(path, saidShape, { method: "POST", body: { text: said } })).record;
}

/** Answers in the name of the office that is signed in. */
export async function answer(place: TalkPlace, to: number, said: string): Promise<number> {
  const path = talkPath(place, `/talk/${to}/answers`);
  return (await request(path, saidShape, { method: "POST", body: { text: said } })).record;
}
