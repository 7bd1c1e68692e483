import * as z from "zod";
import { count, hex } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { AssemblyContext } from "../context.ts";
import { acceptedBallotSchema, batchSchema, meetingParams, ownBallotSchema } from "../schemas.ts";
import { listBatches } from "../sealing/list.ts";
import { acceptBallot } from "./accept.ts";
import type { BallotDesk } from "./accept.ts";
import { promiseFor } from "./promise.ts";
import { readBallot, viewBallot } from "./read.ts";

const place = z.int().min(0).max(0xffff);
const MAX_ENVELOPE_CHARACTERS = 10_000;

const ballotInput = z.object({
  page: place.meta({ description: "where the key stands in the roll" }),
  position: place,
  form: z.union([z.literal(0), z.literal(1), z.literal(2)]).meta({
    description: "0 plain, 1 sha256 (WebCrypto), 2 WebAuthn",
  }),
  envelope: hex()
    .refine((text) => text.length <= MAX_ENVELOPE_CHARACTERS)
    .optional(),
  answers: z
    .array(z.string().max(20))
    .max(16)
    .meta({ description: "for, against or abstain, one per motion" }),
  signature: hex()
    .refine((text) => text.length === 130 || text.length === 194)
    .meta({ description: "64 bytes (secp256k1) or 96 (P-256): docs/SPEC.md section 1" }),
});

/** `onAccepted` is told of every ballot, so that many of them are sealed at once. */
export function ballotRoutes(desk: BallotDesk, onAccepted: () => void): Route[] {
  return [postRoute(desk, onAccepted), readRoute(desk.context), batchesRoute(desk.context)];
}

const postRoute = (desk: BallotDesk, onAccepted: () => void): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/:meeting/ballots",
    who: "public",
    summary: "Vote: one signed sheet for the whole meeting; stored for good before the answer",
    status: 201,
    limit: "ballot",
    params: meetingParams,
    body: ballotInput,
    response: acceptedBallotSchema,
    async handle({ params, body, caller }) {
      const place = { communityId: params.community, meeting: params.meeting };
      const arrival = { ...place, input: body, person: caller.session };
      const ballot = await acceptBallot(desk, arrival);
      onAccepted();
      const { meeting } = await desk.meetings.get(place.communityId, place.meeting);
      const promise = await promiseFor(desk.context, meeting, ballot);
      return { ...(await viewBallot(desk.context.db, ballot)), promise };
    },
  });

const readRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/meetings/:meeting/ballots/:leaf",
    who: "public",
    summary:
      "Where a ballot stands, with its path to the sealed root; the receipt for its voter only",
    params: meetingParams.extend({ leaf: hex(32) }),
    response: ownBallotSchema,
    handle: ({ params, caller }) =>
      readBallot(context, {
        communityId: params.community,
        meeting: params.meeting,
        leaf: params.leaf,
        person: caller.session,
      }),
  });

const batchesRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/meetings/:meeting/batches",
    who: "public",
    summary: "Sealed batches in the order of sealing, with the leaves in them",
    params: meetingParams,
    query: z.object({
      after: count.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(batchSchema), next: z.int().nullable() }),
    handle: ({ params, query }) =>
      listBatches(context, { communityId: params.community, meeting: params.meeting, ...query }),
  });
