import { expect } from "chai";
import { type Body, type Client, eventually, ok } from "../http/client.ts";
import { WalletPerson, login } from "../http/people.ts";
import type { TestService } from "../http/service.ts";
import { VILLAGE, toCsv, toTable } from "./tables.ts";
import type { Row } from "./tables.ts";

export const COMMUNITY = "mingyuan";

export interface Office {
  person: WalletPerson;
  client: Client;
}

/** A community with its officers, logged in. */
export class TestCommunity {
  readonly test: TestService;
  readonly id: string;
  registrar!: Office;
  committee!: Office;

  private constructor(test: TestService, id: string) {
    this.test = test;
    this.id = id;
  }

  static async create(test: TestService, id = COMMUNITY): Promise<TestCommunity> {
    const community = new TestCommunity(test, id);
    const registrar = new WalletPerson();
    const committee = new WalletPerson();
    const officers = [
      { signer: registrar.signer, roles: ["registrar", "teller"], title: "居民委员会" },
      { signer: committee.signer, roles: ["committee"], title: "业主委员会主任" },
    ];
    const created = await ok(
      test.operator().post("/communities", { id, name: "明远小区", officers }),
    );
    expect(created.ready).to.equal(true);
    community.registrar = { person: registrar, client: await login(test.client(), registrar) };
    community.committee = { person: committee, client: await login(test.client(), committee) };
    return community;
  }

  get path(): string {
    return `/communities/${this.id}`;
  }

  import(rows: readonly Row[], fields: Record<string, string> = {}): Promise<Body> {
    return this.upload(new TextEncoder().encode(toCsv(toTable(rows))), fields);
  }

  upload(bytes: Uint8Array, fields: Record<string, string> = {}, name = "名册.csv"): Promise<Body> {
    return ok(this.registrar.client.upload(`${this.path}/imports`, { name, bytes }, fields));
  }

  async proposal(id: string): Promise<Body> {
    const { items } = await ok(this.registrar.client.get(`${this.path}/proposals`));
    return (items as Body[]).find((item) => item.id === id);
  }

  /** Both officers sign. */
  async sign(id: string): Promise<Body> {
    const proposal = await this.proposal(id);
    const { registrar, committee } = this;
    await ok(committee.person.attest(committee.client, this.id, proposal));
    return ok(registrar.person.attest(registrar.client, this.id, proposal));
  }

  /** From a table to a roll on chain. */
  async freeze(rows: readonly Row[] = VILLAGE): Promise<Body> {
    const { id, report } = await this.import(rows);
    const address = `${this.path}/imports/${id}/roll`;
    const body = { scope: "全小区", register: { units: report.units, area: report.area } };
    const { roll, proposal } = await ok(this.registrar.client.post(address, body));
    await this.sign(proposal);
    return this.roll(roll);
  }

  /** Waits until it is frozen. */
  roll(roll: number): Promise<Body> {
    return eventually(async () => {
      const { body } = await this.test.client().get(`${this.path}/rolls/${roll}`);
      return body.state === "frozen" ? body : undefined;
    });
  }

  /** Waits until a head covers a record. */
  head(size: number): Promise<Body> {
    return eventually(async () => {
      const { items } = await ok(this.test.client().get(`${this.path}/heads`));
      return (items as Body[]).find((head) => head.size >= size);
    });
  }
}
