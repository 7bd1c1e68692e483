import * as z from "zod";
import { getOfficer } from "../../../http/authority.ts";
import { communityParams } from "../../../http/fields.ts";
import { defineRoute } from "../../../http/route.ts";
import type { Route } from "../../../http/route.ts";
import type { FundContext } from "../../context.ts";
import { listOrganisations, markOrganisation, unmarkOrganisation } from "../organisation.ts";
import { COMMITTEE } from "../schemas.ts";

// The name of a person must not stand in an address: marking and unmarking carry it in the body.
const body = z.strictObject({ name: z.string().normalize("NFC").trim().min(1).max(200) });
const response = z.object({ names: z.array(z.string()) });

/** Names of companies and offices, published beside the lines that are imported after they were marked. */
export function organisationRoutes(context: FundContext): Route[] {
  const path = "/communities/:community/fund/bank/organisations";
  const list = async (communityId: string) => ({
    names: await listOrganisations(context.db, communityId),
  });
  return [
    defineRoute({
      ...{ method: "get", path, who: COMMITTEE, params: communityParams, response },
      summary: "Counterparties that are published, because they are no persons",
      handle: ({ params }) => list(params.community),
    }),
    defineRoute({
      ...{ method: "post", path, who: COMMITTEE, params: communityParams, body, response },
      summary: "Mark a counterparty as a company or an office: its name is published from now on",
      async handle({ params: { community: communityId }, body: { name }, caller }) {
        await markOrganisation(context, { communityId, name, officer: getOfficer(caller).id });
        return list(communityId);
      },
    }),
    defineRoute({
      ...{ method: "post", path: `${path}/unmark`, who: COMMITTEE, params: communityParams },
      ...{ body, response },
      summary: "Take the mark away, for lines to come",
      async handle({ params: { community: communityId }, body: { name } }) {
        await unmarkOrganisation(context, { communityId, name });
        return list(communityId);
      },
    }),
  ];
}
