import { expect } from "chai";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "./community.ts";
import { residentNumber } from "./tables.ts";
import type { Row } from "./tables.ts";

/** Passport-like numbers: residents' would run out. */
const rows: Row[] = Array.from({ length: 6005 }, (_, i) => ({
  building: String(1 + (i % 20)),
  number: String(100 + Math.floor(i / 20)),
  area: `${60 + (i % 60)}.25`,
  owners: `业主${i}`,
  identities: i < 900 ? residentNumber(i) : `E${String(10_000_000 + i)}`,
}));

describe("a roll of more voters than one page of areas holds", function () {
  this.timeout(60_000);
  let test: TestService;
  before(async () => {
    test = await TestService.start();
  });
  after(() => test.close());

  it("goes to the chain in pages and keeps every area", async () => {
    const community = await TestCommunity.create(test);
    const roll = await community.freeze(rows);
    expect(roll.voters).to.equal(6005);
    const { registry } = await test.service.registry.getCommunity(
      test.database.client,
      community.id,
    );
    const areas = await test.service.registry.rolls.areas(test.database.client, community.id, 1);
    for (const voter of [0, 5999, 6000, 6004]) {
      const onChain = await test.service.chain.client.readContract({
        address: registry,
        abi: registryAbi,
        functionName: "areaOf",
        args: [1n, BigInt(voter)],
      });
      expect(onChain).to.equal(areas[voter]);
    }
  });
});
