import { expect } from "chai";
import { type Hex, hexToBytes } from "viem";
import { decodeLines } from "../../../protocol/anchor/lines.ts";
import { logLeaf } from "../../../protocol/anchor/log.ts";
import { verifyInclusion } from "../../../protocol/anchor/proof.ts";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { toAreaE4 } from "../../../protocol/registry/area.ts";
import { lineLeaf } from "../../../protocol/registry/lines.ts";
import { isInTree, treeRoot } from "../../../protocol/registry/tree.ts";
import { type Body, ok, refused } from "../http/client.ts";
import { DevicePerson, WalletPerson, login } from "../http/people.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "./community.ts";
import { VILLAGE, VILLAGE_AREA, residentNumber } from "./tables.ts";

describe("from a table of units to owners with keys", () => {
  let test: TestService;
  let community: TestCommunity;
  let roll: Body;

  before(async () => {
    test = await TestService.start();
    community = await TestCommunity.create(test);
    roll = await community.freeze();
  });
  after(() => test.close());

  const get = (address: string): Promise<Body> => ok(test.client().get(community.path + address));

  it("freezes a roll whose totals stand on chain", async () => {
    const { registry } = await get("");
    const onChain = await test.service.chain.client.readContract({
      address: registry as Hex,
      abi: registryAbi,
      functionName: "getRoll",
      args: [1n],
    });
    expect(onChain.voters).to.equal(5);
    expect(onChain.totalArea).to.equal(toAreaE4(VILLAGE_AREA));
    expect(roll).to.include({ voters: 5, totalArea: VILLAGE_AREA, scope: "全小区" });
    expect(roll.buildings).to.deep.equal([
      { building: "1", units: 3, heads: 3, area: "279.62" },
      { building: "2", units: 3, heads: 3, area: "1369.5001" },
    ]);
  });

  it("publishes every unit's line and no owner", async () => {
    const { items } = await get("/rolls/1/lines");
    expect(treeRoot((items as Body[]).map(({ leaf }) => leaf as Hex))).to.equal(roll.linesRoot);
    const response = await fetch(`${test.url}/api${community.path}/documents/${roll.lines}`);
    const lines = decodeLines(new Uint8Array(await response.arrayBuffer()));
    expect(lines.map(({ leaf }) => leaf)).to.deep.equal((items as Body[]).map(({ leaf }) => leaf));
    const source = await (
      await fetch(`${test.url}/api${community.path}/documents/${roll.source}`)
    ).text();
    for (const secret of ["张三", "李四", "1101011"]) expect(source).not.to.contain(secret);
  });

  it("shows officers what a table changes against the last roll, and nobody else", async () => {
    const [first, second, ...rest] = VILLAGE;
    const rows = [
      { ...first, area: "99.62" },
      { ...second, owners: "周八", identities: residentNumber(77) },
      ...rest.slice(1),
      { number: "301", area: "80", owners: "吴九", identities: residentNumber(78) },
    ];
    const { id } = await community.import(rows);
    const path = `${community.path}/imports/${id}/difference`;
    const difference = await ok(community.committee.client.get(path));
    expect(difference.roll).to.equal(1);
    expect(difference.added).to.deep.equal([{ unit: "1-1-301", area: "80" }]);
    expect((difference.removed as Body[]).map(({ unit }) => unit)).to.deep.equal(["1-1-201"]);
    expect((difference.areas as Body[]).map(({ unit, after }) => [unit, after])).to.deep.equal([
      ["1-1-101", "99.62"],
    ]);
    expect(difference.owners).to.deep.equal(["1-1-102"]);
    expect(difference.before).to.include({ heads: 5, area: VILLAGE_AREA });
    expect(await refused(test.client().get(path), 401)).to.equal("LoginRequired");
    const own = await ok(community.committee.client.get(`${community.path}/rolls/1/difference`));
    expect(own).to.deep.include({ roll: null, before: null, removed: [], owners: [] });
  });

  it("anchors the roll's record with a proof that a stranger can check", async () => {
    const { bytes, index } = await get(`/records/${roll.recordIndex}`);
    expect(recordLeaf(new TextEncoder().encode(bytes as string))).to.equal(roll.record);
    const head = await community.head((index as number) + 1);
    const proof = await get(`/records/${index}/proof?size=${head.size}`);
    const isIncluded = verifyInclusion(
      { size: BigInt(head.size as number), root: hexToBytes(head.root as Hex) },
      BigInt(index as number),
      logLeaf(new TextEncoder().encode(bytes as string)),
      (proof.path as Hex[]).map((hash) => hexToBytes(hash)),
    );
    expect(isIncluded).to.equal(true);
  });

  describe("and the keys", () => {
    const wallet = new WalletPerson();
    let device: DevicePerson;
    let codes: Map<string, string>;

    before(async () => {
      device = await DevicePerson.create();
      const { items } = await ok(
        community.registrar.client.post(`${community.path}/rolls/1/invitations`),
      );
      codes = new Map(
        (items as Body[]).map(({ units, code }) => [units[0] as string, code as string]),
      );
    });

    const enrol = async (person: WalletPerson | DevicePerson, code: string) => {
      const client = test.client();
      const proof = await person.prove(client, "enrol");
      return client.post(`${community.path}/enrolments`, { code, ...proof });
    };

    it("gives every household one code and keeps none of them", async () => {
      expect(codes.size).to.equal(5);
      const rows = await test.database.client.invitation.findMany();
      for (const code of codes.values()) expect(JSON.stringify(rows)).not.to.contain(code);
    });

    it("takes a wallet's and a device's key, binds both, and shows their owners their own lines", async () => {
      await ok(enrol(wallet, codes.get("1-1-101")!));
      await ok(enrol(device, codes.get("1-1-102")!.toLowerCase().replaceAll("-", " ")));
      expect(await refused(enrol(wallet, codes.get("1-1-101")!))).to.equal("InvitationUsed");
      expect(await refused(enrol(wallet, codes.get("1-1-201")!))).to.equal("KeyTaken");
      expect(await refused(enrol(wallet, "0000-0000-0000"))).to.equal("InvitationUnknown");
      const address = `${community.path}/rolls/1/keys`;
      const { items } = await ok(community.registrar.client.post(address));
      expect((items as Body[]).map(({ page }) => page as number)).to.deep.equal([0, 1]);
      // In the other order: the second page waits for the first.
      await community.sign(items[1].proposal as string);
      await community.sign(items[0].proposal as string);
      const own = await ownWhenBound(wallet);
      expect(own.lines.map(({ unit }: Body) => unit as string)).to.deep.equal([
        "1-1-101",
        "2-1-101",
      ]);
      expect(own).to.include({ area: "149.1201", totalHeads: 5, totalArea: VILLAGE_AREA });
      for (const { proof, area, ...line } of own.lines) {
        const leaf = lineLeaf({ ...line, areaE4: toAreaE4(area as string), voter: own.voter });
        expect(leaf).to.equal(line.leaf);
        expect(isInTree(roll.linesRoot as Hex, leaf, proof as Hex[])).to.equal(true);
      }
      const other = await ownWhenBound(device);
      expect(other.voter).not.to.equal(own.voter);
      const [key, ...more] = other.keys as Body[];
      expect(more).to.deep.equal([]);
      const place = { state: "bound", page: 1, position: 0, kind: 1, keyId: device.keyId };
      expect(key).to.include({ ...place, carried: false, revokedAt: null });
      expect(key.boundBy.map(({ role, title }: Body) => [role, title])).to.deep.equal([
        ["committee", "业主委员会主任"],
        ["registrar", "居民委员会"],
      ]);
      const { items: places } = await get(`/rolls/1/keys?keyId=${device.keyId}`);
      expect((places as Body[]).map(({ voter }) => voter as number)).to.deep.equal([other.voter]);
    });

    const ownWhenBound = async (person: WalletPerson | DevicePerson): Promise<Body> => {
      const client = await login(test.client(), person);
      for (;;) {
        const { voters } = await ok(client.get(`${community.path}/me`));
        if (voters[0].keys[0].state === "bound") return voters[0];
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };

    it("revokes a key that two officers name, and shows its holder nothing more", async () => {
      const client = await login(test.client(), wallet);
      const { voters } = await ok(client.get(`${community.path}/me`));
      const { page, position } = voters[0].keys[0];
      const address = `${community.path}/rolls/1/revocations`;
      const body = { page, position, reason: "手机遗失" };
      const { proposal } = await ok(community.registrar.client.post(address, body));
      await community.sign(proposal as string);
      for (;;) {
        const { items } = await get("/rolls/1/keys");
        if ((items as Body[]).some(({ revokedAt }) => revokedAt !== null)) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await refused(client.get(`${community.path}/me`), 403)).to.equal("OwnerRequired");
      expect(await refused(community.registrar.client.post(address, body))).to.equal("KeyRevoked");
    });

    it("carries keys into the next roll for the same owners, except revoked ones", async () => {
      const next = await community.freeze(VILLAGE);
      expect(next.roll).to.equal(2);
      const { items } = await ok(community.registrar.client.post(`${community.path}/rolls/2/keys`));
      expect(items).to.have.length(1);
      expect(items[0]).to.include({ page: 0, kind: 1, count: 1 });
    });

    it("draws numbers and salts anew for every roll", async () => {
      const one = await get("/rolls/1/lines");
      const two = await get("/rolls/2/lines");
      expect(one.items[0].leaf).not.to.equal(two.items[0].leaf);
    });
  });
});
