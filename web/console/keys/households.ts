import { useQuery, type UseQueryResult } from "../../service/query.ts";
import { communityPath } from "../../registry/community.ts";
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

export const FILTERS = ["waiting", "keyless", "bound", "all"] as const;
export type Filter = (typeof FILTERS)[number];

const enrolmentShape = object({
  id: text,
  state: oneOf(["waiting", "proposed"]),
  kind: integer,
  form: maybe(integer),
  keyId: hex,
  carried: flag,
  createdAt: instant,
});

const keyShape = object({
  page: integer,
  position: integer,
  kind: integer,
  keyId: hex,
  boundAt: instant,
  revocation: maybe(oneOf(["proposed", "revoking", "revoked"])),
  revokedAt: maybe(instant),
  reason: maybe(text),
});

const householdShape = object({
  voter: integer,
  units: list(text),
  owners: list(text),
  invitation: maybe(object({ createdAt: instant, expiresAt: instant, usedAt: maybe(instant) })),
  enrolments: list(enrolmentShape),
  keys: list(keyShape),
});

export type Household = Read<typeof householdShape>;
export type WaitingKey = Read<typeof enrolmentShape>;
export type HeldKey = Read<typeof keyShape>;

const pageShape = object({
  items: list(householdShape),
  next: maybe(integer),
  counts: object({ waiting: integer, keyless: integer, bound: integer, all: integer }),
});

export type Households = Read<typeof pageShape>;

export interface RollPlace {
  readonly community: string;
  readonly roll: number;
}

const pathOf = ({ community, roll }: RollPlace, rest: string): string =>
  communityPath(community, `/rolls/${roll}${rest}`);

export function useHouseholds(
  place: RollPlace,
  { filter, unit, after }: { filter: Filter; unit: string; after: number },
): UseQueryResult<Households> {
  const query = new URLSearchParams({ filter, after: String(after) });
  if (unit.trim() !== "") query.set("unit", unit.trim());
  return useQuery({
    queryKey: ["households", place.community, place.roll, query.toString()],
    queryFn: () => request(pathOf(place, `/households?${query.toString()}`), pageShape),
    refetchInterval: 5_000,
  });
}

const actShape = object({
  act: text,
  at: instant,
  title: text,
  count: integer,
  units: list(text),
  reason: maybe(text),
});

export type DeskAct = Read<typeof actShape>;

export function useDeskActs(place: RollPlace): UseQueryResult<readonly DeskAct[]> {
  return useQuery({
    queryKey: ["deskActs", place.community, place.roll],
    queryFn: async () =>
      (await request(pathOf(place, "/desk"), object({ items: list(actShape) }))).items,
    refetchInterval: 10_000,
  });
}

/** Puts keys whose holders' identity was checked before the officers; how many there are. */
export async function proposeKeys(
  place: RollPlace,
  enrolments: readonly string[],
): Promise<number> {
  const shape = object({ items: list(object({ count: integer })) });
  const options = { method: "POST", body: { enrolments } } as const;
  const { items } = await request(pathOf(place, "/keys"), shape, options);
  return items.reduce((sum, { count }) => sum + count, 0);
}

export async function refuseKey(
  place: RollPlace,
  enrolment: string,
  reason: string,
): Promise<void> {
  const body = { enrolment, reason };
  await request(pathOf(place, "/refusals"), anything, { method: "POST", body });
}

export async function proposeRevocation(
  place: RollPlace,
  { page, position }: HeldKey,
  reason: string,
): Promise<void> {
  const body = { page, position, reason };
  await request(pathOf(place, "/revocations"), anything, { method: "POST", body });
}

const invitationShape = object({
  units: list(text),
  owners: list(text),
  code: text,
  expiresAt: instant,
});

export type Invitation = Read<typeof invitationShape>;

/** Letters for the households of the units given, or for all that have no key. */
export async function issueInvitations(
  place: RollPlace,
  units?: readonly string[],
): Promise<readonly Invitation[]> {
  const shape = object({ items: list(invitationShape) });
  const options = { method: "POST", body: units ? { units } : {} } as const;
  return (await request(pathOf(place, "/invitations"), shape, options)).items;
}
