import * as z from "zod";
import { KEY_KIND } from "../../protocol/registry/keys.ts";
import { hexOut } from "../http/fields.ts";
import { defineRoute } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { DEMO_COMMUNITY } from "./community.ts";
import { keyOf } from "./household.ts";
import { toJwk } from "./keys.ts";
import { createOfficers } from "./officers.ts";
import type { DemoOwner } from "./owners.ts";
import { createStory } from "./story.ts";
import type { DemoSizeName } from "./story.ts";

/** The meeting that is under way in the demonstration. */
const VOTING_MEETING = 2;
/** Of each kind of key. */
const OWNERS_SHOWN = 4;

const officerSchema = z.object({
  title: z.string(),
  roles: z.array(z.string()),
  signer: hexOut,
  privateKey: hexOut.meta({ description: "secp256k1" }),
});

const ownerSchema = z.object({
  units: z.array(z.string()),
  kind: z.int().meta({ description: "0 secp256k1, 1 P-256" }),
  keyId: hexOut,
  privateKey: hexOut,
  jwk: z
    .object({
      kty: z.literal("EC"),
      crv: z.literal("P-256"),
      x: z.string(),
      y: z.string(),
      d: z.string(),
    })
    .nullable()
    .meta({ description: "the same P-256 key as WebCrypto imports it" }),
});

const keysSchema = z
  .object({
    community: z.string(),
    meeting: z.int().meta({ description: "under way; these owners had not voted when it loaded" }),
    officers: z.array(officerSchema),
    owners: z.array(ownerSchema),
  })
  .meta({ id: "DemonstrationKeys" });

/** Routes that exist only where the demonstration is loaded: its keys, which are no secret. */
export function demonstrationRoutes(size: DemoSizeName): Route[] {
  const keys = listKeys(size);
  return [
    defineRoute({
      method: "get",
      path: "/demo/keys",
      who: "public",
      summary: "Keys of the demonstration's officers and of some owners, to try everything with",
      response: keysSchema,
      handle: async () => keys,
    }),
  ];
}

function listKeys(size: DemoSizeName): z.input<typeof keysSchema> {
  const { keyHolders, first, second } = createStory(size);
  const busy = new Set([...first.lost, ...second.own.map(({ owner }) => owner)]);
  const owners = keyHolders.filter((owner) => !busy.has(owner)).map(describeOwner);
  const ofKind = (kind: number) =>
    owners.filter((owner) => owner.kind === kind).slice(0, OWNERS_SHOWN);
  return {
    community: DEMO_COMMUNITY,
    meeting: VOTING_MEETING,
    officers: Object.values(createOfficers()).map(({ title, roles, signer, privateKey }) => {
      return { title, roles: [...roles], signer, privateKey };
    }),
    owners: [...ofKind(KEY_KIND.secp256k1), ...ofKind(KEY_KIND.p256)],
  };
}

function describeOwner({ units }: DemoOwner) {
  const key = keyOf(units[0]!);
  const { kind, keyId, privateKey } = key;
  return { units, kind, keyId, privateKey, jwk: kind === KEY_KIND.p256 ? toJwk(key) : null };
}
