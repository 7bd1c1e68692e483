import { expect } from "chai";
import type { Hex } from "viem";
import { isInSum } from "../../../protocol/fund/sumTree.ts";
import { rootOfBuildings } from "../../../protocol/fund/unitTree.ts";
import type { Body, Client } from "../http/client.ts";
import { ok, refused } from "../http/client.ts";
import { WalletPerson, login } from "../http/people.ts";
import { TestBooks } from "./community.ts";

const ALL = { kind: "all" };

describe("an owner's sub-ledger", () => {
  let books: TestBooks;
  let path: string;
  let committee: Client;
  let registrar: Client;

  before(async () => {
    books = await TestBooks.create();
    path = books.community.path;
    committee = books.community.committee.client;
    registrar = books.community.registrar.client;
    await books.deposit();
    await done(charge("9000", ALL));
    await done({ action: "balances", date: books.day() });
  });
  after(() => books.close());

  const get = (address: string): Promise<Body> => ok(books.test.client().get(path + address));
  const done = async (terms: Body): Promise<Body> => {
    const { id } = await ok(committee.post(`${path}/fund/drafts`, terms));
    return (await ok(registrar.post(`${path}/fund/drafts/${id}/confirmation`))).result;
  };
  const charge = (amount: string, scope: Body): Body => ({
    ...{ action: "entry", kind: "charge", category: "other", amount, date: books.day() },
    ...{ narration: "测试", spread: { by: "area", scope } },
  });

  it("proves a unit's figures to its owner, up to the public sums, and hides them from others", async () => {
    const { items } = await ok(registrar.post(`${path}/rolls/1/invitations`));
    const owner = new WalletPerson();
    const { code } = (items as Body[]).find(({ units }) => units.includes("2-1-101"));
    const proof = await owner.prove(books.test.client(), "enrol");
    await ok(books.test.client().post(`${path}/enrolments`, { code, ...proof }));
    const client = await login(books.test.client(), owner);
    const { fund } = await ok(client.get(`${path}/me`));
    expect(fund.units.map(({ unit }: Body) => unit as string)).to.deep.equal([
      "1-1-101",
      "2-1-101",
    ]);
    const { bytes } = await get(`/records/${fund.balances.recordIndex}`);
    const record = JSON.parse(bytes as string);
    const names = ["deposited", "gained", "used", "balance", "owed"];
    const root = {
      hash: record.root as Hex,
      sums: names.map((name) => BigInt(record.sums[name] as string)),
    };
    for (const { unit, balance, proof: own } of fund.units) {
      const leaf = { salt: own.salt, unit, figures: own.figures.map(BigInt) };
      const steps = own.steps.map((step: Body) => ({ ...step, sums: step.sums.map(BigInt) }));
      expect(own.figures[3]).to.equal(balance);
      expect(isInSum(root, own.tree as string, { leaf, proof: steps })).to.equal(true);
      leaf.figures[3] += 1n;
      expect(isInSum(root, own.tree as string, { leaf, proof: steps })).to.equal(false);
    }
    const buildings = await get(`/documents/${record.buildings}`);
    const nodes = buildings.map((row: Body) => ({
      hash: row.root,
      sums: names.map((name) => BigInt(row.sums[name] as string)),
    }));
    expect(rootOfBuildings(nodes)).to.deep.equal(root);
    expect(record.ledger).to.deep.equal({
      owners: record.sums.balance,
      bank: record.sums.balance,
      investments: "0",
    });
  });

  it("shows an owner each share with its arithmetic, and proves it against the entry's record", async () => {
    const owner = new WalletPerson();
    const { items } = await ok(
      registrar.post(`${path}/rolls/1/invitations`, { units: ["1-1-201"] }),
    );
    const enrolment = await owner.prove(books.test.client(), "enrol");
    await ok(books.test.client().post(`${path}/enrolments`, { code: items[0].code, ...enrolment }));
    const client = await login(books.test.client(), owner);
    const { fund } = await ok(client.get(`${path}/me`));
    const [charge] = fund.units[0].postings;
    expect(charge).to.include({ kind: "charge" });
    const { amount, area, factor, totalWeight, extra } = charge.share;
    const weight = BigInt(Math.round(Number(area) * 10_000)) * BigInt(Number(factor) * 1_000_000);
    const floor = (BigInt(amount as string) * weight) / BigInt(totalWeight as string);
    expect(charge.amount).to.equal(String(-(extra ? floor + 1n : floor)));
    const address = `${path}/me/fund/entries/${charge.number}`;
    const own = await ok(client.get(`${address}?unit=1-1-201`));
    const { bytes } = await get(`/records/${charge.recordIndex}`);
    const record = JSON.parse(bytes as string);
    const root = {
      hash: record.units.root as Hex,
      sums: [BigInt(record.postings[0].amount as string)],
    };
    const leaf = { salt: own.salt, unit: "1-1-201", figures: own.figures.map(BigInt) };
    const steps = own.steps.map((step: Body) => ({ ...step, sums: step.sums.map(BigInt) }));
    expect(isInSum(root, own.tree as string, { leaf, proof: steps })).to.equal(true);
    expect(await refused(client.get(`${address}?unit=1-1-101`), 404)).to.equal("UnitNotFound");
    expect(await refused(committee.get(`${path}/me`), 403)).to.equal("OwnerRequired");
  });

  it("lists who is to top up", async () => {
    const before = await ok(committee.get(`${path}/fund/top-ups`));
    expect(before).to.deep.include({ topUpBelow: 300, items: [] });
    const scope = { kind: "units", units: ["1-1-201"] };
    await done(charge("720000", scope));
    const { items } = await ok(committee.get(`${path}/fund/top-ups`));
    expect(items.map(({ unit, firstDeposit }: Body) => [unit, firstDeposit])).to.deep.equal([
      ["1-1-201", "1000000"],
    ]);
    expect(await refused(books.test.client().get(`${path}/fund/top-ups`), 401)).to.equal(
      "LoginRequired",
    );
  });
});
