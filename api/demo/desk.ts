import type { Hex } from "viem";
import type { Answer } from "../../protocol/assembly/sheet.ts";
import type { MeetingDraft } from "../assembly/meeting/draft.ts";
import { toInstant } from "../clock.ts";
import { signAsOfficer } from "./keys.ts";
import type { DemoOffice, DemoOfficer } from "./officers.ts";
import type { Port } from "./port.ts";

/** An owner's letter with the code for his key. */
export interface Letter {
  units: string[];
  code: string;
}

export interface ListedKey {
  page: number;
  position: number;
  voter: number;
  keyId: Hex;
  revokedAt: string | null;
}

export interface DeskDeps {
  port: Port;
  communityId: string;
  officers: Record<DemoOffice, DemoOfficer>;
  /** Waits until everything that was asked for stands on chain. */
  settle(): Promise<void>;
}

const COMMUNITY = "/communities/:community";
const ROLL = `${COMMUNITY}/rolls/:roll`;
const MEETING = `${COMMUNITY}/meetings/:meeting`;

/** What officers do in the course of an assembly, each act through the routes that the page uses. */
export class Desk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  /** Puts an office into other hands than before, or into the first ones. */
  async appoint({ signer, title, roles }: DemoOfficer): Promise<void> {
    const { proposal } = await this.#ask<{ proposal: string }>({
      ...{ method: "post", path: `${COMMUNITY}/officers`, as: this.#deps.officers.registrar },
      body: { signer, title, roles },
    });
    await this.signBoth([proposal]);
  }

  /** From the property office's table to a roll on chain. */
  async freezeRoll(table: Buffer, scope: string): Promise<number> {
    const { registrar } = this.#deps.officers;
    type Imported = { id: string; report: { clean: boolean; units: number; area: string } };
    const imported = await this.#ask<Imported>({
      ...{ method: "post", path: `${COMMUNITY}/imports`, as: registrar },
      file: { name: "业主名册.csv", bytes: table },
    });
    if (!imported.report.clean) throw new Error("the demonstration's table was not clean");
    const proposed = await this.#ask<{ roll: number; proposal: string }>({
      ...{ method: "post", path: `${COMMUNITY}/imports/:id/roll`, as: registrar },
      params: { id: imported.id },
      // The demonstration's register is its table.
      body: { scope, register: { units: imported.report.units, area: imported.report.area } },
    });
    await this.signBoth([proposed.proposal]);
    return proposed.roll;
  }

  async invite(roll: number, units: readonly string[]): Promise<Letter[]> {
    const { items } = await this.#ask<{ items: Letter[] }>({
      ...{ method: "post", path: `${ROLL}/invitations`, as: this.#deps.officers.registrar },
      params: { roll },
      body: { units },
    });
    return items;
  }

  /** Binds every key that waits. */
  async bindKeys(roll: number): Promise<void> {
    const { items } = await this.#ask<{ items: { proposal: string }[] }>({
      ...{ method: "post", path: `${ROLL}/keys`, as: this.#deps.officers.registrar },
      params: { roll },
      body: {},
    });
    await this.signBoth(items.map(({ proposal }) => proposal));
  }

  async listKeys(roll: number): Promise<ListedKey[]> {
    const ask = { method: "get", path: `${ROLL}/keys`, params: { roll } } as const;
    return (await this.#ask<{ items: ListedKey[] }>(ask)).items;
  }

  async revokeKeys(roll: number, keys: readonly ListedKey[], reason: string): Promise<void> {
    const proposals: string[] = [];
    for (const { page, position } of keys) {
      const { proposal } = await this.#ask<{ proposal: string }>({
        ...{ method: "post", path: `${ROLL}/revocations`, as: this.#deps.officers.registrar },
        params: { roll },
        body: { page, position, reason },
      });
      proposals.push(proposal);
    }
    await this.signBoth(proposals);
  }

  async convene(draft: MeetingDraft): Promise<void> {
    const { proposal } = await this.#ask<{ proposal: string }>({
      ...{ method: "post", path: `${COMMUNITY}/meetings`, as: this.#deps.officers.committee },
      body: { ...draft, opensAt: toInstant(draft.opensAt), closesAt: toInstant(draft.closesAt) },
    });
    await this.signBoth([proposal]);
  }

  async extend(meeting: number, closesAt: Date, reason: string): Promise<void> {
    const { proposal } = await this.#ask<{ proposal: string }>({
      ...{ method: "post", path: `${MEETING}/extensions`, as: this.#deps.officers.committee },
      params: { meeting },
      body: { closesAt: toInstant(closesAt), reason },
    });
    await this.signBoth([proposal]);
  }

  /** One teller enters what the scan shows, the other reads it again. */
  async enterPaper(
    meeting: number,
    paper: { unit: string; answers: readonly Answer[]; scan: Buffer },
  ): Promise<void> {
    const { firstTeller, secondTeller } = this.#deps.officers;
    const { unit, answers, scan } = paper;
    const { id } = await this.#ask<{ id: string }>({
      ...{ method: "post", path: `${MEETING}/paper`, as: firstTeller, params: { meeting } },
      body: { unit, answers: answers.join(",") },
      file: { name: "scan.pdf", bytes: scan },
    });
    await this.#ask({
      ...{ method: "post", path: `${MEETING}/paper/:id/check`, as: secondTeller },
      params: { meeting, id },
      body: { answers },
    });
  }

  /** Both tellers sign the paper ballots that were checked. */
  async sealPaper(meeting: number): Promise<void> {
    const { firstTeller, secondTeller } = this.#deps.officers;
    const path = `${MEETING}/paper/batches`;
    const { proposal } = await this.#ask<{ proposal: string }>({
      ...{ method: "post", path, params: { meeting }, as: firstTeller },
    });
    await this.#sign([proposal], [firstTeller, secondTeller]);
  }

  #ask<T>(ask: Parameters<Port["ask"]>[0]): Promise<T> {
    const params = { community: this.#deps.communityId, ...ask.params };
    return this.#deps.port.ask<T>({ ...ask, params });
  }

  /** Registrar and committee sign what was proposed, and it stands on chain. */
  signBoth(proposals: readonly string[]): Promise<void> {
    const { registrar, committee } = this.#deps.officers;
    return this.#sign(proposals, [registrar, committee]);
  }

  async #sign(proposals: readonly string[], signers: readonly DemoOfficer[]): Promise<void> {
    const path = `${COMMUNITY}/proposals`;
    const listed = await this.#ask<{ items: { id: string; digest: Hex }[] }>({
      ...{ method: "get", path, as: signers[0]! },
    });
    const digests = new Map(listed.items.map(({ id, digest }) => [id, digest]));
    for (const id of proposals) {
      for (const officer of signers) {
        const signature = await signAsOfficer(officer.privateKey, digests.get(id)!);
        await this.#ask({
          ...{ method: "post", path: `${path}/:id/attestations`, as: officer, params: { id } },
          body: { signer: officer.signer, signature },
        });
      }
    }
    await this.#deps.settle();
  }
}
