import { expect } from "chai";
import { type Contract, dataSlice, id } from "ethers";
import { type Community, deployCommunity } from "../../scripts/bench/chain/community.ts";
import {
  KIND,
  attestRoll,
  describeRoll,
  freezeRoll,
  joinAreas,
  makeVoters,
} from "../../scripts/bench/chain/roll.ts";
import { eventOf, keepChain, refusalOf, send } from "./chain.ts";

describe("Registry rolls", () => {
  let community: Community;
  let registry: Contract;
  let restore: () => Promise<void>;

  before(async () => {
    community = await deployCommunity();
    ({ registry } = community);
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const voters = makeVoters(12, KIND.secp256k1);

  async function freeze(described: ReturnType<typeof describeRoll>, areas: string) {
    const attestations = await attestRoll(community, 1n, described);
    const { terms, buildings } = described;
    return send(registry, "freezeRoll", terms, areas, buildings, attestations);
  }

  it("freezes a roll whose areas and buildings add up", async () => {
    const described = describeRoll(voters);
    const frozen = await eventOf("RollFrozen", freeze(described, joinAreas(voters)));
    expect(frozen!["roll"]).to.equal(1n);
    const roll = await registry.getFunction("getRoll")(1n);
    expect(roll.voters).to.equal(12n);
    expect(roll.totalArea).to.equal(described.terms.totalArea);
    for (const { voter, areaE4 } of voters) {
      expect(await registry.getFunction("areaOf")(1n, voter)).to.equal(areaE4);
    }
    const beyond = registry.getFunction("areaOf")(1n, 12);
    expect(await refusalOf(beyond)).to.equal("RegistryVoterUnknown");
  });

  it("refuses terms that cannot be, though the officers signed them", async () => {
    const { terms, buildings } = describeRoll(voters);
    const cases: [string, object][] = [
      ["RegistryVotersInvalid", { voters: 0 }],
      ["RegistryVotersInvalid", { voters: 65_536 }],
      ["RegistryAreaBytesInvalid", { areaBytes: 3 }],
      ["RegistryAreaBytesInvalid", { areaBytes: 6 }],
      ["RegistryTotalAreaInvalid", { totalArea: 0n }],
      ["RegistryTotalAreaInvalid", { totalArea: 2n ** 48n }],
      ["RegistryAreasDiffer", { areas: id("others") }],
      ["RegistryAreaPageInvalid", { voters: 11 }],
      ["RegistryBuildingsDiffer", { voters: 13 }],
      ["RegistryBuildingsDiffer", { totalArea: terms.totalArea + 1n }],
    ];
    for (const [name, change] of cases) {
      const sent = freeze({ terms: { ...terms, ...change }, buildings }, joinAreas(voters));
      expect(await refusalOf(sent), JSON.stringify(Object.keys(change))).to.equal(name);
    }
  });

  it("refuses a total that the areas do not add up to", async () => {
    const { terms, buildings } = describeRoll(voters);
    const [first, second] = buildings as [(typeof buildings)[0], (typeof buildings)[0]];
    const sent = freeze(
      {
        terms: { ...terms, totalArea: terms.totalArea + 1n },
        buildings: [first, { ...second, area: second.area + 1n }],
      },
      joinAreas(voters),
    );
    expect(await refusalOf(sent)).to.equal("RegistryTotalAreaDiffers");
  });

  it("refuses buildings with fewer heads than voters, more in one, or other area", async () => {
    const { terms, buildings } = describeRoll(voters);
    const [first, second] = buildings as [(typeof buildings)[0], (typeof buildings)[0]];
    const wrong = [
      [first, { ...second, heads: second.heads - 1 }],
      [first, { ...second, heads: 13 }],
      [first, { ...second, area: second.area - 1n }],
      [first],
      [],
    ];
    for (const changed of wrong) {
      const sent = freeze({ terms, buildings: changed }, joinAreas(voters));
      expect(await refusalOf(sent)).to.equal("RegistryBuildingsDiffer");
    }
  });

  it("accepts an owner as a head in each of his buildings", async () => {
    const { terms, buildings } = describeRoll(voters);
    const shared = buildings.map((building) => ({ ...building, heads: building.heads + 1 }));
    expect(await refusalOf(freeze({ terms, buildings: shared }, joinAreas(voters)))).to.equal(
      undefined,
    );
  });

  it("refuses areas other than those signed", async () => {
    const described = describeRoll(voters);
    const swapped = [voters[1]!, voters[0]!, ...voters.slice(2)];
    const sent = freeze(described, joinAreas(swapped));
    expect(await refusalOf(sent)).to.equal("RegistryAreasDiffer");
  });

  it("refuses a roll that was signed under another number", async () => {
    await freezeRoll(community, voters);
    const sent = freeze(describeRoll(voters), joinAreas(voters));
    expect(await refusalOf(sent)).to.equal("RegistryAttestationInvalid");
  });

  it("refuses buildings that were not signed", async () => {
    const described = describeRoll(voters);
    const attestations = await attestRoll(community, 1n, described);
    const renamed = described.buildings.map((building) => ({ ...building, name: "other" }));
    const { terms } = described;
    const areas = joinAreas(voters);
    const sent = send(registry, "freezeRoll", terms, areas, renamed, attestations);
    expect(await refusalOf(sent)).to.equal("RegistryAttestationInvalid");
  });

  it("keeps areas of five bytes", async () => {
    const large = voters.map((voter, i) =>
      i === 7 ? { ...voter, areaE4: 2n ** 33n + 5n } : voter,
    );
    await freeze(describeRoll(large, 5), joinAreas(large, 5));
    expect(await registry.getFunction("areaOf")(1n, 7)).to.equal(2n ** 33n + 5n);
    expect(await registry.getFunction("areaOf")(1n, 8)).to.equal(large[8]!.areaE4);
  });

  it("keeps a roll of two pages", async () => {
    const many = Array.from({ length: 6_005 }, (_, i) => ({ areaE4: 400_000n + BigInt(i) }));
    const described = describeRoll(many);
    const areas = joinAreas(many);
    const last = dataSlice(areas, 24_000);
    expect(await refusalOf(freeze(described, last))).to.equal("RegistryAreaPageInvalid");
    await send(registry, "storeAreas", 1n, 0, `0x${"00".repeat(24_000)}`);
    expect(await refusalOf(freeze(described, last))).to.equal("RegistryAreasDiffer");
    await send(registry, "storeAreas", 1n, 0, dataSlice(areas, 0, 24_000));
    await freeze(described, last);
    for (const voter of [0, 5_999, 6_000, 6_004]) {
      const area = await registry.getFunction("areaOf")(1n, voter);
      expect(area).to.equal(many[voter]!.areaE4);
    }
  });

  it("stores pages for the next roll only, whole, and from relayers", async () => {
    const page = `0x${"00".repeat(24_000)}`;
    const outside = registry.connect(community.outsider);
    expect(await refusalOf(send(outside, "storeAreas", 1n, 0, page))).to.equal(
      "RegistryNotRelayer",
    );
    expect(await refusalOf(send(registry, "storeAreas", 2n, 0, page))).to.equal(
      "RegistryRollNotNext",
    );
    const short = dataSlice(page, 4);
    expect(await refusalOf(send(registry, "storeAreas", 1n, 0, short))).to.equal(
      "RegistryAreaPageInvalid",
    );
  });

  it("gives a roll to a meeting through the Assembly only", async () => {
    await freezeRoll(community, voters);
    for (const method of ["assignRoll", "extendRoll"]) {
      const sent = send(registry, method, 1n, 2_000_000_000);
      expect(await refusalOf(sent)).to.equal("RegistryNotAssembly");
    }
  });

  it("names the Assembly once, by the deployer", async () => {
    const address = await community.outsider.getAddress();
    expect(await refusalOf(send(registry, "setAssembly", address))).to.equal("RegistryNotDeployer");
    const [deployer] = await community.ethers.getSigners();
    const again = send(registry.connect(deployer!), "setAssembly", address);
    expect(await refusalOf(again)).to.equal("RegistryAssemblyAlreadySet");
  });
});
