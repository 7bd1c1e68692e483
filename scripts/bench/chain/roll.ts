import { secp256k1 } from "@noble/curves/secp256k1.js";
import { p256 } from "@noble/curves/nist.js";
import { AbiCoder, concat, dataSlice, hexlify, id, keccak256, toBeHex } from "ethers";
import { type Attestation, type Community, attest, gasOf } from "./community.ts";

/** Kinds of voters' keys. */
export const KIND = { secp256k1: 0, p256: 1 } as const;

/** One of `KIND`. */
export type Kind = (typeof KIND)[keyof typeof KIND];

/** A voter of a made-up roll with his key. */
export type Voter = {
  voter: number;
  areaE4: bigint;
  kind: Kind;
  secret: Uint8Array;
  keyId: string;
};

/** A frozen roll: its number, its voters, and the gas that freezing and binding took. */
export type FrozenRoll = { roll: bigint; voters: Voter[]; gas: number };

const AREA_PAGE_BYTES = 24_000;

/** Keys of a full page, by kind. */
export const KEYS_PER_PAGE: Record<Kind, number> = { 0: 1_090, 1: 705 };

export const ROLL_TYPE =
  "Roll(uint256 roll,bytes32 record,bytes32 linesRoot,bytes32 areas,uint8 areaBytes,uint32 voters,uint64 totalArea,bytes32 buildings)";
export const KEYS_TYPE = "Keys(uint256 roll,uint256 page,uint8 kind,bytes32 entries)";
const BUILDINGS_ABI = "tuple(string name,uint32 heads,uint64 area)[]";

/** The public key `x ‖ y` of a secret. */
export function publicKeyOf(kind: Kind, secret: Uint8Array): string {
  const curve = kind === KIND.p256 ? p256 : secp256k1;
  return hexlify(curve.getPublicKey(secret, false).slice(1));
}

/** What the roll keeps of a key: the address, or x. */
export function keyIdOf(kind: Kind, secret: Uint8Array): string {
  const point = publicKeyOf(kind, secret);
  return kind === KIND.p256 ? dataSlice(point, 0, 32) : dataSlice(keccak256(point), 12);
}

/** Voters 0 to `count - 1` with areas between 40 and 180 m² and keys, always the same. */
export function makeVoters(count: number, kind: Kind, label = "voter"): Voter[] {
  return Array.from({ length: count }, (_, voter) => {
    const seed = id(`${label} ${kind} ${voter}`);
    const secret = Uint8Array.from(Buffer.from(seed.slice(2), "hex"));
    const areaE4 = 400_000n + (BigInt(seed) % 1_400_000n);
    return { voter, areaE4, kind, secret, keyId: keyIdOf(kind, secret) };
  });
}

/** The areas of voters 0, 1, 2 ... joined. */
export function joinAreas(voters: Pick<Voter, "areaE4">[], areaBytes = 4): string {
  return concat(voters.map(({ areaE4 }) => toBeHex(areaE4, areaBytes)));
}

/** What a roll's record and lines come to, and the buildings where they are not made up. */
export type PublishedRoll = {
  record: string;
  linesRoot: string;
  buildings?: { name: string; heads: number; area: bigint }[];
};

/** What officers sign to freeze a roll, and the buildings; `published` is what its record and lines come to. */
export function describeRoll(
  voters: Pick<Voter, "areaE4">[],
  areaBytes = 4,
  published: PublishedRoll = { record: id("record"), linesRoot: id("lines") },
) {
  const totalArea = voters.reduce((sum, { areaE4 }) => sum + areaE4, 0n);
  const half = totalArea / 2n;
  const buildings = [
    { name: "1", heads: Math.ceil(voters.length / 2), area: half },
    { name: "2", heads: Math.floor(voters.length / 2), area: totalArea - half },
  ];
  const { record, linesRoot } = published;
  const terms = {
    record,
    linesRoot,
    areas: keccak256(joinAreas(voters, areaBytes)),
    areaBytes,
    voters: voters.length,
    totalArea,
  };
  return { terms, buildings: published.buildings ?? buildings };
}

/** The registrar's and the committee's signatures over a roll. */
export async function attestRoll(
  community: Community,
  roll: bigint,
  described: ReturnType<typeof describeRoll>,
): Promise<Attestation[]> {
  const { terms, buildings } = described;
  const hash = keccak256(AbiCoder.defaultAbiCoder().encode([BUILDINGS_ABI], [buildings]));
  const { registrar, committee } = community.officers;
  const value = { roll, ...terms, buildings: hash };
  return attest(community.registry, ROLL_TYPE, value, [registrar, committee]);
}

/** Freezes a roll: pages beyond the first are stored ahead. */
export async function freezeRoll(
  community: Community,
  voters: Voter[],
  published?: PublishedRoll,
): Promise<FrozenRoll> {
  const { registry } = community;
  const roll = BigInt(await registry.getFunction("rollCount")()) + 1n;
  const areas = joinAreas(voters);
  let gas = 0;
  let page = 0;
  for (; (areas.length - 2) / 2 - page * AREA_PAGE_BYTES > AREA_PAGE_BYTES; page++) {
    const content = dataSlice(areas, page * AREA_PAGE_BYTES, (page + 1) * AREA_PAGE_BYTES);
    gas += await gasOf(registry.getFunction("storeAreas")(roll, page, content));
  }
  const described = describeRoll(voters, 4, published);
  const attestations = await attestRoll(community, roll, described);
  const last = dataSlice(areas, page * AREA_PAGE_BYTES);
  const { terms, buildings } = described;
  gas += await gasOf(registry.getFunction("freezeRoll")(terms, last, buildings, attestations));
  return { roll, voters, gas };
}

/** The entries of a key page. */
export function encodeEntries(voters: Pick<Voter, "voter" | "keyId">[]): string {
  return concat(voters.map(({ voter, keyId }) => concat([toBeHex(voter, 2), keyId])));
}

/** Binds one page of keys; returns the gas. */
export async function bindPage(
  community: Community,
  roll: bigint,
  voters: Voter[],
): Promise<number> {
  const { registry, officers } = community;
  const { keyPages } = await registry.getFunction("getRoll")(roll);
  const entries = encodeEntries(voters);
  const value = { roll, page: keyPages, kind: voters[0]!.kind, entries: keccak256(entries) };
  const signers = [officers.registrar, officers.committee];
  const attestations = await attest(registry, KEYS_TYPE, value, signers);
  return gasOf(registry.getFunction("bindKeys")(roll, value.kind, entries, attestations));
}

/** Binds all voters' keys in full pages; returns the gas. */
export async function bindAll(community: Community, { roll, voters }: FrozenRoll): Promise<number> {
  let gas = 0;
  const most = KEYS_PER_PAGE[voters[0]!.kind];
  for (let start = 0; start < voters.length; start += most) {
    gas += await bindPage(community, roll, voters.slice(start, start + most));
  }
  return gas;
}
