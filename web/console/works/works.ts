import { MoneyError, toFen } from "../../../protocol/fund/money.ts";
import { requestProject, requestProjects, type ProjectStory } from "../../fund/project-queries.ts";
import { fen } from "../../fund/books.ts";
import { communityPath, type Community } from "../../registry/community.ts";
import { useQuery, type UseQueryResult } from "../../service/query.ts";
import { request } from "../../service/request.ts";
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
  text,
  type Read,
} from "../../service/shape.ts";
import type { Desk, Officer } from "../officers.ts";
import { signAsOfficer, typedShape, type TypedMessage } from "../todo/proposals.ts";

const claimShape = object({
  id: text,
  milestone: integer,
  claim: integer,
  state: oneOf([
    ...["submitting", "submitted", "accepted", "releasing"],
    ...["paid", "rejected", "withdrawn", "refused"],
  ] as const),
  amount: fen,
  invoice: hex,
  author: hex,
  office: text,
  needed: integer,
  approvals: list(object({ officer: hex, office: text, at: instant })),
  failure: maybe(text),
});

export type Claim = Read<typeof claimShape>;

const disbursementShape = object({
  reservation: maybe(object({ amount: fen, paid: fen, approvals: integer, settled: flag })),
  acts: list(
    object({
      kind: text,
      state: oneOf(["proposed", "sending", "done", "refused"]),
      claim: maybe(text),
      failure: maybe(text),
    }),
  ),
  claims: list(claimShape),
});

export type Disbursement = Read<typeof disbursementShape>;

/** A project with what stands on chain for it and what is on its way there. */
export interface Work {
  readonly story: ProjectStory;
  readonly disbursement: Disbursement;
}

async function requestWork(community: string, project: number): Promise<Work> {
  const path = communityPath(community, `/fund/projects/${project}/disbursement`);
  const [story, disbursement] = await Promise.all([
    requestProject(community, project),
    request(path, disbursementShape),
  ]);
  return { story, disbursement };
}

export function useWork(community: string, project: number): UseQueryResult<Work> {
  return useQuery({
    queryKey: ["works", community, project],
    queryFn: () => requestWork(community, project),
    refetchInterval: 5_000,
  });
}

/** Projects that are not settled yet, each with what stands on chain for it. */
export async function requestOpenWorks(community: string): Promise<readonly Work[]> {
  const all = await requestProjects(community);
  const open = all.filter(({ stage }) => stage !== "settled");
  return Promise.all(open.map(({ project }) => requestWork(community, project)));
}

export function useOpenWorks(community: string): UseQueryResult<readonly Work[]> {
  return useQuery({
    queryKey: ["works", community, "open"],
    queryFn: () => requestOpenWorks(community),
    refetchInterval: 15_000,
  });
}

/** A file that was handed in for a step. */
export interface HandedIn {
  readonly name: string;
  readonly sha256: string;
}

/** What every step says beside what is its own. */
export interface Terms {
  /** YYYY-MM-DD, when it happened. */
  readonly date: string;
  readonly note: string;
  readonly documents: readonly HandedIn[];
}

/** Where a project's steps are handed in. */
interface Place {
  readonly community: string;
  readonly project: number;
}

const writtenShape = object({ project: integer });

export async function beginProject(
  community: string,
  body: Terms & { title: string; category: string; ground?: string; estimate?: string },
): Promise<number> {
  const path = communityPath(community, "/fund/projects");
  return (await request(path, writtenShape, { method: "POST", body })).project;
}

/** Writes a step of a project that stands; `name` is the last part of its address. */
export async function writeStep(
  { community, project }: Place,
  name: string,
  body: object,
): Promise<void> {
  const path = communityPath(community, `/fund/projects/${project}/${name}`);
  await request(path, writtenShape, { method: "POST", body });
}

/** Puts something before a registrar and a committee officer; `path` is below the fund's. */
export async function propose(community: string, path: string, body: object): Promise<void> {
  await request(communityPath(community, `/fund${path}`), anything, { method: "POST", body });
}

/** Hands in a file; what is not public only officers read, its hash is public all the same. */
export async function handIn(
  community: string,
  { file, isPublic }: { file: File; isPublic: boolean },
): Promise<HandedIn> {
  const form = new FormData();
  form.set("public", String(isPublic));
  form.set("file", file);
  const shape = object({ name: text, sha256: hex });
  return request(communityPath(community, "/fund/documents"), shape, { method: "POST", form });
}

const draftShape = object({ typedData: typedShape });

/** What the author of a claim signs. */
export async function draftClaim(
  { community, project }: Place,
  invoice: string,
): Promise<TypedMessage> {
  const path = communityPath(community, `/fund/projects/${project}/claims/draft`);
  return (await request(path, draftShape, { method: "POST", body: { invoice } })).typedData;
}

/** What an approver signs. */
export function useApproval(community: string, claim: string, enabled: boolean) {
  return useQuery({
    queryKey: ["approval", community, claim],
    queryFn: async () => {
      const path = communityPath(community, `/fund/claims/${claim}/approval`);
      return (await request(path, draftShape)).typedData;
    },
    enabled,
  });
}

interface Signing {
  readonly community: Community;
  readonly desk: Desk & { readonly officer: Officer };
  readonly typedData: TypedMessage;
}

/** The claim goes to the chain with its author's signature. */
export async function submitClaim(
  { community, desk, typedData }: Signing,
  { project, invoice }: { project: number; invoice: string },
): Promise<void> {
  const signed = await signAsOfficer(community, typedData, desk);
  const path = communityPath(community.id, `/fund/projects/${project}/claims`);
  await request(path, anything, { method: "POST", body: { invoice, ...signed } });
}

/** One approval; with the last that is needed the payment goes to the chain. */
export async function approve(
  { community, desk, typedData }: Signing,
  claim: string,
): Promise<void> {
  const body = await signAsOfficer(community, typedData, desk);
  const path = communityPath(community.id, `/fund/claims/${claim}/approvals`);
  await request(path, anything, { method: "POST", body });
}

const accountShape = object({
  fund: oneOf(["maintenance", "income"]),
  credited: fen,
  committed: fen,
  free: fen,
  received: fen,
  approvals: integer,
  overrunBasisPoints: integer,
});

export type FundOnChain = Read<typeof accountShape>;

/** Both funds as the contract keeps them, beside the books. */
export function useFundsOnChain(community: string): UseQueryResult<readonly FundOnChain[]> {
  const shape = object({ items: list(accountShape) });
  return useQuery({
    queryKey: ["works", community, "chain"],
    queryFn: async () => (await request(communityPath(community, "/fund/chain"), shape)).items,
    refetchInterval: 15_000,
  });
}

/** Yuan as people write them, in fen; undefined where it is no amount above nothing. */
export function readYuan(yuan: string): bigint | undefined {
  try {
    const amount = toFen(yuan.trim().replaceAll(",", ""));
    return amount > 0n ? amount : undefined;
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}

/** Today in China, as the books count days. */
export const todayInChina = (): string =>
  new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
