import { setTimeout as delay } from "node:timers/promises";
import type { Service } from "../service.ts";
import { Bookkeeper } from "./books/bookkeeper.ts";
import { Desk } from "./desk.ts";
import type { ListedKey } from "./desk.ts";
import { castSheet, enrol, keyOf, signSheet } from "./household.ts";
import type { DemoKey } from "./keys.ts";
import type { DemoOfficer, DemoOffice } from "./officers.ts";
import type { DemoOwner } from "./owners.ts";
import { doAll } from "./pool.ts";
import type { Port } from "./port.ts";
import { Works } from "./projects/works.ts";
import { createScan } from "./scan.ts";
import type { OwnBallot, PaperSheet } from "./votes.ts";

/** Enough to keep the database and two processor cores busy. */
const AT_ONCE = 8;
const POLL_MILLISECONDS = 10;
/** Paper ballots of one batch at most (docs/SPEC.md section 4). */
const BATCH = 256;

export interface TownDeps {
  service: Service;
  port: Port;
  communityId: string;
  officers: Record<DemoOffice, DemoOfficer>;
}

/** The people of the demonstration, all of them, at work. */
export class Town {
  readonly desk: Desk;
  readonly books: Bookkeeper;
  readonly works: Works;
  readonly #deps: TownDeps;
  /** Owners with their second key, by first unit. */
  readonly #replaced = new Set<string>();

  constructor(deps: TownDeps) {
    this.#deps = deps;
    this.desk = new Desk({ ...deps, settle: () => this.settle() });
    this.books = new Bookkeeper(deps);
    // What was done for a project waits for the chain each time; the log's head follows at the end of the day.
    const desk = new Desk({ ...deps, settle: () => this.#drain() });
    this.works = new Works({ ...deps, desk, books: this.books, drain: () => this.#drain() });
  }

  /** Waits until everything that was asked for stands on chain, and the log's head over it. */
  async settle(): Promise<void> {
    const { anchor, assembly } = this.#deps.service;
    await assembly.step();
    await this.#drain();
    await anchor.anchorDue();
    await this.#drain();
  }

  async #drain(): Promise<void> {
    const { db, chain } = this.#deps.service;
    chain.wake();
    for (;;) {
      const open = await db.chainCall.findFirst({ where: { state: { not: "mined" } } });
      if (!open) return;
      if (open.state === "failed") {
        throw new Error(`the chain refused a call of the demonstration: ${open.kind}`);
      }
      await delay(POLL_MILLISECONDS);
    }
  }

  /** The offices that a fund needs, appointed by those who founded the community. */
  async appoint(offices: readonly DemoOffice[]): Promise<void> {
    for (const office of offices) await this.desk.appoint(this.#deps.officers[office]);
  }

  async enrol(roll: number, owners: readonly DemoOwner[]): Promise<void> {
    const { port, communityId } = this.#deps;
    const units = owners.map((owner) => owner.units[0]!);
    const known = new Set(units);
    const letters = await this.desk.invite(roll, units);
    await doAll(letters, AT_ONCE, async ({ code, units: own }) => {
      const unit = own.find((candidate) => known.has(candidate))!;
      await enrol(port, { communityId, code, key: this.#keyOf(unit) });
    });
    await this.desk.bindKeys(roll);
  }

  /** The first keys are revoked; all but the last owner come for another one. */
  async replaceKeys(roll: number, owners: readonly DemoOwner[], reason: string): Promise<void> {
    const places = await this.#listPlaces(roll);
    const lost = owners.map(({ units }) => places.get(this.#keyOf(units[0]!).keyId)!);
    await this.desk.revokeKeys(roll, lost, reason);
    const back = owners.slice(0, -1);
    for (const { units } of back) this.#replaced.add(units[0]!);
    if (back.length > 0) await this.enrol(roll, back);
  }

  /** A new roll for the next meeting; whoever had a key in the last one keeps it. */
  async renewRoll(table: Buffer, scope: string): Promise<void> {
    await this.desk.bindKeys(await this.desk.freezeRoll(table, scope));
  }

  async vote(meeting: number, sheets: readonly OwnBallot[]): Promise<void> {
    const { port, communityId, service } = this.#deps;
    // Each meeting has the roll of its own number.
    const places = await this.#listPlaces(meeting);
    const { chainId, assembly } = await service.registry.getCommunity(service.db, communityId);
    const domain = { chainId, contract: assembly };
    await doAll(sheets, AT_ONCE, async ({ owner, answers }) => {
      const key = this.#keyOf(owner.units[0]!);
      const place = places.get(key.keyId)!;
      const vote = { communityId, meeting, domain, key, place, answers };
      await castSheet(port, vote, await signSheet(vote));
    });
    await this.settle();
  }

  async enterPaper(meeting: number, papers: readonly PaperSheet[]): Promise<void> {
    for (let at = 0; at < papers.length; at += BATCH) {
      await doAll(papers.slice(at, at + BATCH), AT_ONCE, async ({ owner, answers }) => {
        const unit = owner.units[0]!;
        await this.desk.enterPaper(meeting, { unit, answers, scan: createScan(unit, answers) });
      });
      await this.desk.sealPaper(meeting);
    }
  }

  /** Opens batch after batch until the result stands. */
  async count(meeting: number): Promise<void> {
    const { service, communityId } = this.#deps;
    const where = { communityId_number: { communityId, number: meeting } };
    for (;;) {
      await service.assembly.step();
      await this.#drain();
      const { state } = await service.db.meeting.findUniqueOrThrow({ where });
      if (state === "concluded") return this.settle();
    }
  }

  #keyOf(unit: string): DemoKey {
    return keyOf(unit, this.#replaced.has(unit) ? 1 : 0);
  }

  async #listPlaces(roll: number): Promise<Map<string, ListedKey>> {
    const keys = await this.desk.listKeys(roll);
    return new Map(keys.map((key) => [key.keyId, key]));
  }
}
