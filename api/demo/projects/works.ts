import { hashTypedData } from "viem";
import type { Hex, TypedDataDefinition } from "viem";
import type { Service } from "../../service.ts";
import type { Bookkeeper } from "../books/bookkeeper.ts";
import type { Desk } from "../desk.ts";
import type { DemoUnit } from "../households.ts";
import { signAsOfficer } from "../keys.ts";
import type { DemoOffice, DemoOfficer } from "../officers.ts";
import type { Ask, Port } from "../port.ts";
import { PROJECTS } from "./terms.ts";
import type { ProjectName } from "./terms.ts";
import { Work } from "./work.ts";

export interface WorksDeps {
  service: Service;
  port: Port;
  communityId: string;
  officers: Record<DemoOffice, DemoOfficer>;
  desk: Desk;
  books: Bookkeeper;
  /** Waits until the chain has done what was asked of it. */
  drain(): Promise<void>;
}

const FUND = "/communities/:community/fund";
const RULES_SOURCE =
  "《示范花园住宅专项维修资金使用细则》（演示）第九条：付款须三名审批人中的两名同意；超出预算百分之十以内的，" +
  "由业主委员会决定并公示";

/** The committee's projects, and what its officers sign for them: each act through the routes that the page uses. */
export class Works {
  readonly #deps: WorksDeps;
  readonly #works = new Map<ProjectName, Work>();

  constructor(deps: WorksDeps) {
    this.#deps = deps;
  }

  /** The work on a project, which begins with the first that asks for it. */
  of(name: ProjectName, units: readonly DemoUnit[]): Work {
    const known = this.#works.get(name);
    if (known) return known;
    const { service, books } = this.#deps;
    const work = new Work({ works: this, clock: service.clock, books }, PROJECTS[name], units);
    this.#works.set(name, work);
    return work;
  }

  /** The chain learns by which rules the fund pays, and what it has received. */
  async openFund(): Promise<void> {
    const rules = { approvals: 2, overrunBasisPoints: 1000, source: RULES_SOURCE };
    await this.propose("/chain/rules", { fund: "maintenance", ...rules });
    await this.propose("/chain/credits", { fund: "maintenance" });
  }

  /** Asks below the community's funds, as an officer. */
  ask<T>(office: DemoOffice, ask: Ask): Promise<T> {
    const { port, officers, communityId } = this.#deps;
    const params = { community: communityId, ...ask.params };
    return port.ask<T>({ ...ask, path: FUND + ask.path, params, as: officers[office] });
  }

  /** What the committee proposes and signs with the registrar, until it stands on chain. */
  async propose(path: string, body: object, params: Ask["params"] = {}): Promise<void> {
    const ask = { method: "post", path, params, body } as const;
    const { proposal } = await this.ask<{ proposal: string }>("committee", ask);
    await this.#deps.desk.signBoth([proposal]);
  }

  /** An officer's signature under typed data as the service gives it. */
  async sign(office: DemoOffice, typedData: unknown): Promise<{ signer: Hex; signature: Hex }> {
    const { signer, privateKey } = this.#deps.officers[office];
    const digest = hashTypedData(typedData as TypedDataDefinition);
    return { signer, signature: await signAsOfficer(privateKey, digest) };
  }

  drain(): Promise<void> {
    return this.#deps.drain();
  }
}
