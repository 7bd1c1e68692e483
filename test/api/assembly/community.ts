import type { Hex } from "viem";
import { get, post } from "./client.ts";
import { DevicePerson, WalletPerson, digestOf, enrol, login } from "./people.ts";
import type { Person } from "./people.ts";
import { eventually } from "./service.ts";
import type { TestService } from "./service.ts";

/** One flat of the table that is imported. */
export interface Flat {
  building: string;
  number: string;
  area: string;
  owner: string;
}

export interface Voter {
  person: Person;
  unit: string;
  voter: number;
  page: number;
  position: number;
  areaE4: bigint;
}

const OFFICERS = {
  registrar: ["registrar"],
  committee: ["committee"],
  tellerA: ["teller"],
  tellerB: ["teller"],
  author: ["committee", "approver"],
  approverA: ["approver"],
  approverB: ["approver"],
  approverC: ["approver"],
  relayer: ["relayer"],
} as const;
export type OfficerName = Exclude<keyof typeof OFFICERS, "relayer">;

/** Six flats in two buildings; 王 owns two of them and is one head. */
export const FLATS: readonly Flat[] = [
  { building: "1", number: "101", area: "98.5", owner: "王甲" },
  { building: "1", number: "102", area: "120.25", owner: "李乙" },
  { building: "1", number: "201", area: "76.1234", owner: "张丙" },
  { building: "2", number: "101", area: "88", owner: "赵丁" },
  { building: "2", number: "102", area: "101.01", owner: "王甲" },
  { building: "2", number: "201", area: "64.4", owner: "陈戊" },
];

let communities = 0;

/** A community over HTTP: officers, a frozen roll, and keys bound for some of the voters. */
export class TestCommunity {
  readonly service: TestService;
  readonly id: string;
  readonly officers = {
    registrar: new WalletPerson(),
    committee: new WalletPerson(),
    tellerA: new WalletPerson(),
    tellerB: new WalletPerson(),
    author: new WalletPerson(),
    approverA: new WalletPerson(),
    approverB: new WalletPerson(),
    approverC: new WalletPerson(),
  };
  #cookies = new Map<OfficerName, string>();

  private constructor(service: TestService) {
    this.service = service;
    this.id = `garden-${++communities}`;
  }

  get path(): string {
    return `/communities/${this.id}`;
  }

  static async create(service: TestService): Promise<TestCommunity> {
    const community = new TestCommunity(service);
    const { relayer } = await service.parts.chain.status();
    const signerOf = (name: keyof typeof OFFICERS): string =>
      name === "relayer" ? relayer : community.officers[name].keyId;
    const officers = (Object.keys(OFFICERS) as (keyof typeof OFFICERS)[]).map((name) => ({
      signer: signerOf(name).toLowerCase(),
      roles: [...OFFICERS[name]],
      title: name,
    }));
    const body = { id: community.id, name: "明苑", officers };
    await post(service, "/communities", { body, token: service.operatorToken });
    return community;
  }

  /** Logged in anew whenever the clock has left the old session behind. */
  async cookieOf(name: OfficerName): Promise<string> {
    const cookie = this.#cookies.get(name) ?? (await login(this.service, this.officers[name]));
    this.#cookies.set(name, cookie);
    return cookie;
  }

  forgetSessions(): void {
    this.#cookies.clear();
  }

  async postAs(name: OfficerName, path: string, options: { body?: unknown; form?: FormData } = {}) {
    return post(this.service, `${this.path}${path}`, {
      ...options,
      cookie: await this.cookieOf(name),
    });
  }

  async getAs(name: OfficerName, path: string) {
    return get(this.service, `${this.path}${path}`, { cookie: await this.cookieOf(name) });
  }

  /** Both officers sign. */
  async sign(
    proposal: string,
    names: readonly OfficerName[] = ["registrar", "committee"],
  ): Promise<void> {
    for (const name of names) await this.signAs(name, proposal);
  }

  async signAs(name: OfficerName, proposal: string): Promise<void> {
    const { items } = await this.getAs(name, "/proposals");
    const { typedData, digest } = items.find(({ id }: { id: string }) => id === proposal);
    const own = digestOf(typedData);
    if (own !== digest) throw new Error("ethers has another digest than the service");
    const { keyId: signer } = this.officers[name];
    const signature = this.officers[name].signFull(own);
    await this.postAs(name, `/proposals/${proposal}/attestations`, { body: { signer, signature } });
  }

  /** Gives the service's account the roles of a relayer, or takes them. */
  async appointRelayer(roles: readonly string[]): Promise<void> {
    const { relayer } = await this.service.parts.chain.status();
    const body = { signer: relayer.toLowerCase(), roles, title: "relayer" };
    const { proposal } = await this.postAs("registrar", "/officers", { body });
    await this.sign(proposal);
    await eventually(async () => {
      const { items } = await get(this.service, `${this.path}/officers`);
      const found = items.find((row: { title: string }) => row.title === "relayer");
      return (found?.roles.length ?? 0) === roles.length;
    });
  }

  /** Waits for a head on chain that covers a record. */
  async anchored(index: number): Promise<void> {
    await eventually(async () => {
      await this.service.parts.anchor.anchorDue();
      const { items } = await get(this.service, `${this.path}/heads`);
      return items.some((head: { size: number }) => head.size > index);
    });
  }

  /** Imports the flats and freezes their roll. */
  async freezeRoll(flats: readonly Flat[] = FLATS): Promise<number> {
    const rows = flats.map(({ building, number, area, owner }) => {
      return `${building}幢,1单元,${number}室,${area},住宅,${owner},${identityOf(owner)}`;
    });
    const table = ["幢,单元,房号,建筑面积(㎡),用途,业主姓名,身份证号", ...rows].join("\n");
    const form = new FormData();
    form.set("file", new Blob([table]), "roll.csv");
    const { id, report } = await this.postAs("registrar", "/imports", { form });
    if (report.rejected.length > 0) throw new Error(JSON.stringify(report.rejected));
    const { units, area } = report;
    const body = { scope: "全体业主", register: { units, area } };
    const { roll, proposal } = await this.postAs("registrar", `/imports/${id}/roll`, { body });
    await this.sign(proposal);
    await eventually(async () => {
      const { items } = await get(this.service, `${this.path}/rolls`);
      return items.some(
        (row: { roll: number; state: string }) => row.roll === roll && row.state === "frozen",
      );
    });
    return roll;
  }

  /** Enrols a key for each of the units, wallets and device keys by turns, and binds them. */
  async bindKeys(roll: number, units: readonly string[]): Promise<Voter[]> {
    const enrolled: { person: Person; unit: string }[] = [];
    const { items } = await this.postAs("registrar", `/rolls/${roll}/invitations`, {
      body: { units },
    });
    for (const [i, unit] of units.entries()) {
      const { code } = items.find((item: { units: string[] }) => item.units.includes(unit));
      const person = i % 2 === 0 ? new WalletPerson() : await DevicePerson.create();
      await enrol(this.service, person, { community: this.id, code });
      enrolled.push({ person, unit });
    }
    const pages = await this.postAs("registrar", `/rolls/${roll}/keys`, { body: {} });
    for (const { proposal } of pages.items) await this.sign(proposal);
    return Promise.all(enrolled.map((row) => this.#findVoter(roll, row)));
  }

  async #findVoter(
    roll: number,
    { person, unit }: { person: Person; unit: string },
  ): Promise<Voter> {
    const bound = await eventually(async () => {
      const { items } = await get(this.service, `${this.path}/rolls/${roll}/keys`);
      return items.find((key: { keyId: Hex }) => key.keyId === person.keyId) as
        { voter: number; page: number; position: number } | undefined;
    });
    const own = await get(this.service, `${this.path}/me`, {
      cookie: await login(this.service, person),
    });
    const { area } = own.voters.find((voter: { roll: number }) => voter.roll === roll);
    const areaE4 = BigInt(Math.round(Number(area) * 10_000));
    return { person, unit, voter: bound.voter, page: bound.page, position: bound.position, areaE4 };
  }
}

/** A valid identity number for a name: digits follow from the name, the last is the check digit. */
function identityOf(name: string): string {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0)!, 0);
  const base = `11010119900101${String(sum % 1000).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const check = weights.reduce((total, weight, i) => total + weight * Number(base[i]), 0) % 11;
  return base + "10X98765432"[check];
}
