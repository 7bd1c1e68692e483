import * as z from "zod";
import type { Db } from "../../database/client.ts";
import type { Prisma } from "../../database/generated/client.ts";
import { ROLES } from "../../http/authority.ts";
import { communityParams, hex, hexOut, instant, uuid } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { DomainError } from "../../http/errors.ts";
import type { Registry } from "../service.ts";

const proposalSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(["open", "complete", "withdrawn"]),
    summary: z.record(z.string(), z.unknown()),
    roles: z.array(z.string()),
    typedData: z.unknown().meta({ description: "EIP-712, integers as decimal texts" }),
    digest: hexOut,
    createdBy: hexOut,
    createdByTitle: z.string().meta({ description: "the office, as it was last named" }),
    createdAt: instant,
    closedAt: instant.nullable(),
    failure: z.string().nullable().meta({ description: "the contract's error, if it refused" }),
    excluded: hexOut.nullable().meta({ description: "an officer who may not sign" }),
    attestations: z.array(
      z.object({ officer: hexOut, title: z.string(), role: z.string(), at: instant }),
    ),
  })
  .meta({ id: "Proposal" });

type Row = Prisma.ProposalGetPayload<{ include: { attestations: true } }>;

/** Offices by officer, those of dismissed ones too. */
type Titles = ReadonlyMap<string, string>;

async function readTitles(db: Db, communityId: string): Promise<Titles> {
  const where = { communityId };
  const rows = await db.officer.findMany({ where, select: { id: true, title: true } });
  return new Map(rows.map(({ id, title }) => [id, title]));
}

const describe = (row: Row, titles: Titles): z.input<typeof proposalSchema> => ({
  ...row,
  createdByTitle: titles.get(row.createdBy) ?? "",
  summary: row.summary as Record<string, unknown>,
  createdAt: row.createdAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  attestations: row.attestations.map(({ officer, role, at }) => {
    return { officer, title: titles.get(officer) ?? "", role, at: at.toISOString() };
  }),
});

const LISTED = 200;

export const proposalRoutes = (registry: Registry): Route[] => [
  ...listRoute(registry),
  ...changeRoutes(registry),
];

async function view(
  db: Db,
  communityId: string,
  id: string,
): Promise<z.input<typeof proposalSchema>> {
  const row = await db.proposal.findUnique({ where: { id }, include: { attestations: true } });
  if (!row || row.communityId !== communityId) throw new DomainError("ProposalNotFound");
  return describe(row, await readTitles(db, communityId));
}

function listRoute({ context: { db } }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/proposals",
      who: { officer: ROLES },
      summary: "What waits for signatures, and what was signed; newest first",
      params: communityParams,
      query: z.object({ state: z.enum(["open", "complete", "withdrawn"]).optional() }),
      response: z.object({ items: z.array(proposalSchema) }),
      async handle({ params: { community }, query: { state } }) {
        const rows = await db.proposal.findMany({
          where: { communityId: community, ...(state ? { state } : {}) },
          include: { attestations: true },
          orderBy: { createdAt: "desc" },
          take: LISTED,
        });
        const titles = await readTitles(db, community);
        return { items: rows.map((row) => describe(row, titles)) };
      },
    }),
  ];
}

function changeRoutes({ context }: Registry): Route[] {
  const { db, proposals } = context;
  const params = communityParams.extend({ id: uuid });
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/proposals/:id/attestations",
      who: { officer: ROLES },
      summary: "Sign; the second signature sets off what was proposed",
      status: 201,
      params,
      body: z.strictObject({
        signer: hex().meta({ description: "ERC-7913 signer" }),
        signature: hex().meta({ description: "65 bytes r ‖ s ‖ v, or 64 bytes r ‖ s for P-256" }),
      }),
      response: proposalSchema,
      async handle({ params: { community, id }, body }) {
        await proposals.attest({ communityId: community, proposalId: id, ...body });
        return view(db, community, id);
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/proposals/:id/withdrawal",
      who: { officer: ["registrar", "committee"] },
      summary: "Take an open proposal back",
      params,
      response: proposalSchema,
      async handle({ params: { community, id } }) {
        await view(db, community, id);
        await db.$transaction((tx) => proposals.withdraw(tx, id));
        return view(db, community, id);
      },
    }),
  ];
}
