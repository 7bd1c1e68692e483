import { keccak256 } from "viem";
import { encodeLines } from "../../../protocol/anchor/lines.ts";
import type { CONFLICT_POLICIES } from "../../../protocol/anchor/record/assembly.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import type { KeyKind } from "../../../protocol/registry/keys.ts";
import { toPublishedLine } from "../../../protocol/registry/lines.ts";
import {
  keysTypedData,
  revokeTypedData,
  rollTypedData,
} from "../../../protocol/registry/messages.ts";
import { decodeKeyPage, encodeAreaPages, encodeKeyPage } from "../../../protocol/registry/pages.ts";
import { type FrozenRoll, buildingsHash, freezeRoll } from "../../../protocol/registry/roll.ts";
import type { RollUnit } from "../../../protocol/registry/voters.ts";
import type { TestCommunity } from "./community.ts";
import { type TestKey, deviceKey, passkey, walletKey } from "./keys.ts";

export type Place = { page: number; position: number };

/** Two officers of the roles that most acts ask for. */
export const OFFICERS = ["registrar", "committee"] as const;

export type MeetingPlan = {
  voters: number;
  items: readonly number[];
  conflict: (typeof CONFLICT_POLICIES)[number];
  keyOf(owner: number): TestKey | undefined;
};

/** Wallets, device keys and passkeys in turn; the last two owners vote on paper. */
export const MIXED: MeetingPlan = {
  voters: 14,
  items: [5, 6],
  conflict: "newestFirst",
  keyOf(owner) {
    if (owner >= 12) return undefined;
    return [walletKey, deviceKey, passkey][owner % 3]!(`owner ${owner}`);
  },
};

function seeded(seed: number): (length: number) => Uint8Array {
  let state = seed;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 16;
    });
}

/** A roll and its keys on a test community, as a service and its officers would make them. */
export class TestRoll {
  readonly community: TestCommunity;
  readonly plan: MeetingPlan;
  roll!: FrozenRoll;
  protected readonly keys = new Map<number, { key: TestKey; place: Place; voter: number }>();

  constructor(community: TestCommunity, plan: MeetingPlan) {
    this.community = community;
    this.plan = plan;
  }

  protected get registryDomain() {
    const { chainId, registry } = this.community.info;
    return { chainId, contract: registry };
  }

  voterOf(owner: number): number {
    return this.roll.voters.find(({ owners }) => owners.includes(`${owner}`))!.voter;
  }

  placeOf(owner: number): Place {
    return this.keys.get(owner)!.place;
  }

  async freeze(): Promise<void> {
    const { community, plan } = this;
    const units = Array.from({ length: plan.voters }, (_, owner): RollUnit => {
      const building = String(1 + (owner % 2));
      const unit = `${building}-1-${100 + owner}`;
      const areaE4 = 800_000n + BigInt(owner) * 12_345n;
      return { building, entrance: "1", unit, areaE4, owners: [`${owner}`], unsold: false };
    });
    this.roll = freezeRoll(units, seeded(3));
    const { roll } = this;
    const buildings = roll.buildings.map(({ building, units: count, heads, areaE4 }) => {
      return { building, units: count, heads, area: fromAreaE4(areaE4) };
    });
    const record = community.publish({
      type: "roll",
      roll: 1,
      scope: "全体业主",
      source: community.putDocument(new TextEncoder().encode("the imported table")),
      voters: roll.voters.length,
      totalArea: fromAreaE4(roll.totalAreaE4),
      buildings,
      linesRoot: roll.linesRoot,
      lines: community.putDocument(encodeLines(roll.lines.map(toPublishedLine))),
      areas: roll.areas,
    });
    const { linesRoot, areas, areaBytes } = roll;
    const voters = roll.voters.length;
    const terms = { record, linesRoot, areas, areaBytes, voters, totalArea: roll.totalAreaE4 };
    const message = { roll: 1n, ...terms, buildings: buildingsHash(roll.buildings) };
    const attestations = community.attest(rollTypedData(this.registryDomain, message), OFFICERS);
    const areasE4 = roll.voters.map(({ areaE4 }) => areaE4);
    const pages = encodeAreaPages(areasE4, areaBytes);
    for (const [page, bytes] of pages.slice(0, -1).entries()) {
      await community.send("registry", "storeAreas", [1n, BigInt(page), bytes]);
    }
    const named = roll.buildings.map(({ building, heads, areaE4 }) => {
      return { name: building, heads, area: areaE4 };
    });
    const last = pages.at(-1)!;
    await community.send("registry", "freezeRoll", [terms, last, named, attestations]);
  }

  /** Binds a page for every kind of key, in pieces of `perPage`. */
  async bindKeys(perPage = 1_000): Promise<void> {
    const keys = this.roll.voters.flatMap(({ owners, voter }) => {
      const key = this.plan.keyOf(Number(owners[0]));
      return key ? [{ owner: Number(owners[0]), voter, key }] : [];
    });
    let page = 0;
    for (const kind of [0, 1] as const) {
      const own = keys.filter(({ key }) => key.kind === kind);
      for (let i = 0; i < own.length; i += perPage) {
        await this.#bindPage(page++, kind, own.slice(i, i + perPage));
      }
    }
  }

  async #bindPage(
    page: number,
    kind: KeyKind,
    keys: { owner: number; voter: number; key: TestKey }[],
  ) {
    const { community } = this;
    const bindings = keys.map(({ voter, key }) => ({ voter, keyId: key.keyId }));
    const entries = encodeKeyPage(kind, bindings);
    decodeKeyPage(kind, entries).forEach(({ voter }, position) => {
      const found = keys.find((candidate) => candidate.voter === voter)!;
      this.keys.set(found.owner, { key: found.key, voter, place: { page, position } });
    });
    const hash = keccak256(entries);
    const message = { roll: 1n, page: BigInt(page), kind, entries: hash };
    const attestations = community.attest(keysTypedData(this.registryDomain, message), OFFICERS);
    await community.send("registry", "bindKeys", [1n, kind, entries, attestations]);
    community.publish({ type: "keys", roll: 1, page, kind, count: keys.length, entries: hash });
  }

  /** Reports that a key of the second owner is the first's. */
  async reportDuplicate(first: number, second: number): Promise<void> {
    const places = [this.placeOf(first), this.placeOf(second)].sort(
      (a, b) => a.position - b.position,
    );
    await this.community.send("registry", "reportDuplicateKey", [1n, ...places]);
  }

  async revoke(owner: number): Promise<void> {
    const { page, position } = this.placeOf(owner);
    const message = { roll: 1n, page: BigInt(page), position: BigInt(position) };
    const typed = revokeTypedData(this.registryDomain, message);
    const attestations = this.community.attest(typed, OFFICERS);
    await this.community.send("registry", "revokeKey", [1n, { page, position }, attestations]);
    this.community.publish({ type: "revocation", roll: 1, page, position, reason: "key lost" });
  }
}
