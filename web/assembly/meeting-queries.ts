import { useQuery, type UseQueryResult } from "../service/query.ts";
import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import {
  flag,
  instant,
  integer,
  list,
  maybe,
  measure,
  object,
  oneOf,
  record,
  text,
} from "../service/shape.ts";
import { motionResultShape, motionShape, STAGES, type Meeting } from "./meeting.ts";

const fields = object({
  number: integer,
  stage: oneOf(STAGES),
  record: object({ index: maybe(integer) }),
  resultIndex: maybe(integer),
  title: text,
  scope: text,
  organiser: text,
  contact: maybe(text),
  roll: integer,
  motions: list(motionShape),
  profile: object({ conflict: oneOf(["newestFirst", "oldestFirst", "paperFirst"]) }),
  total: measure,
  participation: measure,
  noticeAt: instant,
  opensAt: instant,
  closesAt: instant,
  finalAt: maybe(instant),
  extended: flag,
  skipped: maybe(record(integer)),
  result: maybe(list(motionResultShape)),
});

function readMeeting(value: unknown): Meeting {
  const { profile, record: place, ...meeting } = fields(value);
  return { ...meeting, conflict: profile.conflict, recordIndex: place.index };
}

const meetings = object({ items: list(readMeeting) });

export function useMeetings(community: string): UseQueryResult<readonly Meeting[]> {
  return useQuery({
    queryKey: ["meetings", community],
    queryFn: async () => (await request(communityPath(community, "/meetings"), meetings)).items,
    refetchInterval: 30_000,
  });
}

export function useMeeting(community: string, number: number): UseQueryResult<Meeting> {
  return useQuery({
    queryKey: ["meeting", community, number],
    queryFn: () => request(communityPath(community, `/meetings/${number}`), readMeeting),
    refetchInterval: 15_000,
  });
}
