import * as z from "zod";
import { getOfficer, getSession } from "../../http/authority.ts";
import { count, instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { AssemblyContext } from "../context.ts";
import { recordText } from "../meeting/draft.ts";
import { meetingParams } from "../schemas.ts";
import { listTalk } from "./list.ts";
import { answerInPublic, speakAsOwner } from "./speak.ts";

const MAX_CHARACTERS = 2000;
const said = z.object({ text: recordText(MAX_CHARACTERS) });
const spoken = {
  record: z.int().meta({ description: "index in the log" }),
  at: instant,
  text: z.string().nullable().meta({ description: "null once it is redacted" }),
};
const answered = z.object({ record: z.int() });

export function talkRoutes(context: AssemblyContext): Route[] {
  return [
    listRoute(context),
    speakRoute(context, "question"),
    speakRoute(context, "objection"),
    answerRoute(context),
  ];
}

const listRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/meetings/:meeting/talk",
    who: "public",
    summary: "Questions and objections of owners, with what was answered",
    params: meetingParams,
    response: z.object({
      items: z.array(
        z.object({
          ...spoken,
          kind: z.enum(["question", "objection"]),
          answers: z.array(z.object({ ...spoken, office: z.string() })),
        }),
      ),
    }),
    handle: ({ params }) => listTalk(context, params.community, params.meeting),
  });

const SUMMARIES = {
  question: "Ask in public, as an owner on the meeting's roll; nobody is told who asked",
  objection: "Object to the preliminary result, in public, while it can be objected to",
};

const speakRoute = (context: AssemblyContext, kind: keyof typeof SUMMARIES): Route =>
  defineRoute({
    method: "post",
    path: `/communities/:community/meetings/:meeting/${kind}s`,
    who: "owner",
    summary: SUMMARIES[kind],
    status: 201,
    params: meetingParams,
    body: said,
    response: answered,
    handle: ({ params, body, caller }) =>
      speakAsOwner(context, {
        communityId: params.community,
        meeting: params.meeting,
        kind,
        text: body.text,
        person: getSession(caller),
      }),
  });

const answerRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/:meeting/talk/:record/answers",
    who: { officer: ["committee", "registrar"] },
    summary: "Answer a question or an objection in public, in the name of one's office",
    status: 201,
    params: meetingParams.extend({ record: count }),
    body: said,
    response: answered,
    handle: ({ params, body, caller }) =>
      answerInPublic(context, {
        communityId: params.community,
        meeting: params.meeting,
        to: params.record,
        text: body.text,
        officer: getOfficer(caller),
      }),
  });
