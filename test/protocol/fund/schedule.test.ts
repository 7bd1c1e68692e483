import { expect } from "chai";
import {
  createSchedule,
  findScheduleFault,
  readSchedule,
  scheduleBytes,
} from "../../../protocol/fund/schedule.ts";

const unit = (name: string, areaE4: bigint, developer = false) => {
  return { unit: name, building: "1", roll: 3, areaE4, developer };
};
const UNITS = [
  unit("1-1-101", 891_200n),
  unit("1-1-102", 905_000n),
  unit("1-1-201", 1_000_000n, true),
];
const scope = { kind: "buildings" as const, buildings: ["1"] };
const rule = { rule: "area" as const, factors: { "1-1-201": "1.5" } };

describe("an apportionment schedule", () => {
  const schedule = createSchedule(10_001n, UNITS, { scope, rule });

  it("says of every unit its area, factor, share and whether the developer bears it", () => {
    expect(schedule.units.map(({ amount }) => BigInt(amount)).reduce((a, b) => a + b)).to.equal(
      10_001n,
    );
    expect(schedule.units[2]).to.deep.equal({
      unit: "1-1-201",
      building: "1",
      roll: 3,
      area: "100",
      factor: "1.5",
      amount: "4551",
      extra: false,
      developer: true,
    });
    expect(findScheduleFault(schedule)).to.equal(undefined);
  });

  it("reads back from its bytes", () => {
    expect(readSchedule(scheduleBytes(schedule))).to.deep.equal(schedule);
    const text = new TextDecoder().decode(scheduleBytes(schedule));
    expect(() => readSchedule(new TextEncoder().encode(text.replace('"v":1', '"v":2')))).to.throw();
  });

  it("is found out when a fen moves from one unit to another", () => {
    const moved = structuredClone(schedule);
    moved.units[0]!.amount = String(BigInt(moved.units[0]!.amount) + 1n);
    moved.units[1]!.amount = String(BigInt(moved.units[1]!.amount) - 1n);
    expect(findScheduleFault(moved)).to.equal(0);
    expect(findScheduleFault({ ...schedule, amount: "10002" })).to.equal(0);
    expect(findScheduleFault({ ...schedule, totalWeight: "1" })).to.equal(-1);
    const doubled = { ...schedule, units: [...schedule.units, schedule.units[0]!] };
    expect(findScheduleFault(doubled)).to.equal(-1);
  });

  it("takes no factor for a unit outside the scope", () => {
    const stray = { rule: "area" as const, factors: { "9-9-999": "2" } };
    expect(() => createSchedule(1n, UNITS, { scope, rule: stray }))
      .to.throw()
      .with.property("code", "FactorInvalid");
  });
});
