import { setTimeout as delay } from "node:timers/promises";
import type { MeetingDraft } from "../../api/assembly/meeting/draft.ts";
import { Desk } from "../../api/demo/desk.ts";
import type { ListedKey } from "../../api/demo/desk.ts";
import { castSheet, enrol, keyOf, signSheet } from "../../api/demo/household.ts";
import type { SignedSheet } from "../../api/demo/household.ts";
import { createHouseholds } from "../../api/demo/households.ts";
import type { DemoSize, DemoUnit } from "../../api/demo/households.ts";
import type { DemoKey } from "../../api/demo/keys.ts";
import { createOfficers } from "../../api/demo/officers.ts";
import type { DemoOfficer } from "../../api/demo/officers.ts";
import { listOwners } from "../../api/demo/owners.ts";
import type { DemoOwner } from "../../api/demo/owners.ts";
import { doAll } from "../../api/demo/pool.ts";
import type { Actor } from "../../api/demo/port.ts";
import { createRandom } from "../../api/demo/random.ts";
import { createTable } from "../../api/demo/table.ts";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import type { SigningDomain } from "../../protocol/registry/messages.ts";
import { HttpPort } from "./servicePort.ts";

/** One head with his key and its place in the roll. */
export interface Seat {
  owner: DemoOwner;
  key: DemoKey;
  place: ListedKey;
}

export interface MeetingView {
  stage: string;
  opensAt: string;
  closesAt: string;
  acceptsUntil: string;
  participation: { heads: number; area: string };
  ballots: { waiting: number; sealed: number; late: number };
  result:
    { outcome: string; for: Figure; against: Figure; abstain: Figure; invalid: Figure }[] | null;
}

interface Figure {
  heads: number;
  area: string;
}

const COMMUNITY = "trial";
const AT_ONCE = 8;
const POLL_MILLISECONDS = 50;

/** A made-up community on a running service, driven over HTTP as its people would. */
export class ServiceCommunity {
  readonly id = COMMUNITY;
  readonly port: HttpPort;
  readonly desk: Desk;
  readonly #units: DemoUnit[];
  #domain: SigningDomain | undefined;

  /** `url` is asked at every request: after a restart it is another one. */
  constructor(
    url: () => string,
    { operatorToken, size }: { operatorToken: string; size: DemoSize },
  ) {
    this.#units = createHouseholds(size, createRandom("trial"));
    const officers = createOfficers();
    this.port = new HttpPort({ url, operatorToken, keyOf: officerKey });
    const settle = (): Promise<void> => Promise.resolve();
    this.desk = new Desk({ port: this.port, communityId: COMMUNITY, officers, settle });
  }

  /** The community with its first roll, on chain. */
  async found(): Promise<void> {
    const officers = Object.values(createOfficers()).map(({ signer, roles, title }) => {
      return { signer, roles, title };
    });
    const community = await this.port.ask<{ chainId: number; assembly: `0x${string}` }>({
      ...{ method: "post", path: "/communities" },
      body: { id: COMMUNITY, name: "测试花园", officers },
    });
    this.#domain = { chainId: community.chainId, contract: community.assembly };
    await this.freezeRoll();
  }

  async freezeRoll(): Promise<number> {
    const roll = await this.desk.freezeRoll(createTable(this.#units), "全体业主");
    await this.eventually(() => this.#isFrozen(roll));
    return roll;
  }

  async #isFrozen(roll: number): Promise<boolean> {
    const { state } = await this.#get<{ state: string }>("/rolls/:roll", { roll });
    return state === "frozen";
  }

  /** Every owner has a key in the first roll. */
  async enrolAll(): Promise<Seat[]> {
    const roll = 1;
    const owners = listOwners(this.#units);
    const units = owners.map((owner) => owner.units[0]!);
    const known = new Set(units);
    const letters = await this.desk.invite(roll, units);
    await doAll(letters, AT_ONCE, async (letter) => {
      const unit = letter.units.find((candidate) => known.has(candidate))!;
      await enrol(this.port, { communityId: COMMUNITY, code: letter.code, key: keyOf(unit) });
    });
    await this.desk.bindKeys(roll);
    const places = await this.eventually(async () => {
      const keys = await this.desk.listKeys(roll);
      return keys.length === owners.length && new Map(keys.map((key) => [key.keyId, key]));
    });
    return owners.map((owner) => {
      const key = keyOf(owner.units[0]!);
      return { owner, key, place: places.get(key.keyId)! };
    });
  }

  /** Convenes and waits until it stands on chain; meetings are numbered like their rolls here. */
  async convene(draft: MeetingDraft): Promise<void> {
    await this.desk.convene(draft);
    const meeting = draft.roll;
    await this.eventually(() => this.view(meeting).catch(() => undefined));
  }

  view(meeting: number): Promise<MeetingView> {
    return this.#get<MeetingView>("/meetings/:meeting", { meeting });
  }

  sign(
    meeting: number,
    { key, place }: Seat,
    answers: readonly SignedAnswer[],
  ): Promise<SignedSheet> {
    const domain = this.#domain!;
    return signSheet({ communityId: COMMUNITY, meeting, domain, key, place, answers });
  }

  cast(meeting: number, sheet: SignedSheet): Promise<{ leaf: string; state: string }> {
    return castSheet(this.port, { communityId: COMMUNITY, meeting }, sheet);
  }

  /** Where a ballot stands; with the receipt for its voter. */
  ballot<T>(meeting: number, leaf: string, reader?: Seat): Promise<T> {
    const as = reader && { id: reader.key.keyId, roles: [], key: reader.key };
    return this.#get<T>("/meetings/:meeting/ballots/:leaf", { meeting, leaf }, as);
  }

  #get<T>(path: string, params: Record<string, string | number>, as?: Actor): Promise<T> {
    return this.port.ask<T>({
      ...{ method: "get", path: `/communities/:community${path}` },
      params: { community: COMMUNITY, ...params },
      ...(as && { as }),
    });
  }

  forgetLogins(): void {
    this.port.forgetLogins();
  }

  /** Waits for something that must happen soon. */
  async eventually<T>(what: () => Promise<T | undefined | false>, timeoutSeconds = 60): Promise<T> {
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const found = await what();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > deadline)
        throw new Error(`not within ${timeoutSeconds} s: ${what.toString()}`);
      await delay(POLL_MILLISECONDS);
    }
  }
}

/** Officers sign in with their wallets, owners with the key that votes. */
function officerKey(actor: Actor): DemoKey {
  if ("key" in actor) return actor.key as DemoKey;
  const { signer, privateKey } = actor as DemoOfficer;
  return { kind: 0, keyId: signer, privateKey, point: undefined };
}
