import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import {
  anything,
  flag,
  hex,
  instant,
  integer,
  list,
  maybe,
  object,
  oneOf,
  record,
  ShapeError,
  text,
  type Read,
  type Reader,
} from "../service/shape.ts";

const fen: Reader<bigint> = (value) => {
  const digits = text(value);
  if (!/^\d{1,19}$/.test(digits)) throw new ShapeError();
  return BigInt(digits);
};

const glance = object({
  approved: maybe(fen),
  limit: maybe(fen),
  contracted: maybe(fen),
  paid: fen,
});

const motion = object({
  meeting: integer,
  motion: integer,
  title: text,
  item: integer,
  outcome: maybe(text),
  adoptedOn: maybe(text),
  finalAt: maybe(instant),
  resultIndex: maybe(integer),
});

const projectFields = {
  project: integer,
  title: text,
  category: text,
  route: oneOf(["vote", "emergency"]),
  ground: maybe(text),
  begunOn: text,
  estimate: maybe(fen),
  glance,
  stage: text,
  motion: maybe(motion),
  contractor: maybe(text),
  lastOn: text,
};

const projectShape = object(projectFields);

const documentShape = object({ name: text, sha256: hex, public: flag, mediaType: maybe(text) });

const stepShape = object({
  step: integer,
  type: text,
  date: text,
  at: instant,
  note: text,
  author: hex,
  office: text,
  signers: list(object({ officer: hex, office: text, role: text })),
  documents: list(documentShape),
  record: record(anything),
  recordIndex: integer,
  recordLeaf: hex,
});

const milestoneShape = object({
  milestone: integer,
  title: text,
  amount: fen,
  accepted: maybe(flag),
  invoices: integer,
  paid: fen,
});

const planShape = object({
  fund: oneOf(["maintenance", "income"]),
  budget: fen,
  payee: object({ name: text, accountTail: text }),
  scope: object({ units: integer, sha256: hex }),
});

const storyShape = object({
  ...projectFields,
  plan: maybe(planShape),
  milestones: list(milestoneShape),
  published: flag,
  story: list(stepShape),
});

export type Project = Read<typeof projectShape>;
export type ProjectStory = Read<typeof storyShape>;
export type ProjectStep = ProjectStory["story"][number];

const listShape = object({ items: list(projectShape) });

export async function requestProjects(community: string): Promise<readonly Project[]> {
  return (await request(communityPath(community, "/fund/projects"), listShape)).items;
}

export function useProjects(community: string): UseQueryResult<readonly Project[]> {
  return useQuery({
    queryKey: ["projects", community],
    queryFn: () => requestProjects(community),
  });
}

export function requestProject(community: string, project: number): Promise<ProjectStory> {
  return request(communityPath(community, `/fund/projects/${project}`), storyShape);
}

export function useProject(community: string, project: number): UseQueryResult<ProjectStory> {
  return useQuery({
    queryKey: ["project", community, project],
    queryFn: () => requestProject(community, project),
    refetchInterval: 15_000,
  });
}
