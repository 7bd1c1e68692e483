import { expect } from "chai";
import {
  formatArea,
  formatCount,
  formatDate,
  formatDay,
  formatGroups,
  formatShare,
  formatTime,
} from "../../web/language/format.ts";

describe("figures on the page", () => {
  it("groups thousands", () => {
    expect(formatCount(0)).to.equal("0");
    expect(formatCount(999)).to.equal("999");
    expect(formatCount(1505)).to.equal("1,505");
    expect(formatCount(1234567n)).to.equal("1,234,567");
  });

  it("prints areas with two decimals at least and never rounds them", () => {
    expect(formatArea(0n)).to.equal("0.00");
    expect(formatArea(985000n)).to.equal("98.50");
    expect(formatArea(1916192100n)).to.equal("191,619.21");
    expect(formatArea(1143712n)).to.equal("114.3712");
    expect(formatArea(1n)).to.equal("0.0001");
    expect(formatArea(-25000n)).to.equal("−2.50");
  });

  it("rounds shares half up, and prints none of nothing", () => {
    expect(formatShare(2n, 3n)).to.equal("66.67\u00a0%");
    expect(formatShare(1n, 2n)).to.equal("50.00\u00a0%");
    expect(formatShare(0n, 7n)).to.equal("0.00\u00a0%");
    expect(formatShare(7n, 7n)).to.equal("100.00\u00a0%");
    expect(formatShare(1n, 0n)).to.equal("—");
    expect(formatShare(1n, 20_000n)).to.equal("0.01\u00a0%");
  });

  it("shows China's time wherever the reader is", () => {
    const seconds = Date.parse("2026-11-22T16:30:00Z") / 1000;
    expect(formatTime(seconds, "zh")).to.equal("2026年11月23日 00:30");
    expect(formatTime(seconds, "en")).to.equal("23 Nov 2026, 00:30");
    expect(formatDate(seconds, "zh")).to.equal("2026年11月23日");
    expect(formatDay("2026-11-23", "zh")).to.equal("2026年11月23日");
    expect(formatDay("2026-11-23", "en")).to.equal("23 Nov 2026");
    expect(formatDay("—", "en")).to.equal("—");
  });

  it("writes the months of both languages as browsers do", () => {
    const zone = { timeZone: "Asia/Shanghai", year: "numeric", day: "numeric" } as const;
    const chinese = new Intl.DateTimeFormat("zh-CN", { ...zone, month: "long" });
    const english = new Intl.DateTimeFormat("en-GB", { ...zone, month: "short" });
    for (let day = 0; day < 366; day++) {
      const at = new Date(Date.UTC(2028, 0, 1 + day, 15, 59, 59));
      expect(formatDate(at.getTime() / 1000, "zh")).to.equal(chinese.format(at));
      expect(formatDate(at.getTime() / 1000, "en")).to.equal(english.format(at));
    }
  });

  it("puts hashes into groups of four", () => {
    expect(formatGroups("0x1a2b3c4d5e")).to.equal("1a2b 3c4d 5e");
  });
});
