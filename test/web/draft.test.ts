import { expect } from "chai";
import {
  EMPTY_DRAFT,
  EMPTY_MOTION,
  fromChinaTime,
  toBody,
} from "../../web/console/meeting/draft.ts";
import { normaliseCode } from "../../web/registry/letter-code.ts";
import { toQrPath } from "../../web/shell/qr-path.ts";

describe("what people fill in", () => {
  it("means China's time, whatever the computer's zone", () => {
    expect(fromChinaTime("2026-12-07T09:00")).to.equal("2026-12-07T01:00:00Z");
  });

  it("becomes a convocation in seconds and numbers", () => {
    const body = toBody({
      ...EMPTY_DRAFT,
      roll: "3",
      opensAt: "2026-12-07T09:00",
      closesAt: "2026-12-22T20:00",
    }) as { roll: number; profile: object; motions: object[] };
    expect(body.roll).to.equal(3);
    expect(body.motions).to.deep.equal([{ title: "", text: "", item: 9, documents: [] }]);
    expect(body.profile).to.deep.include({ noticeSeconds: 1_296_000, paperSeconds: 172_800 });
  });

  it("becomes a plan in fen where the motion uses a fund", () => {
    const money = { budget: "2386000.5", payee: "公司", account: "6222 0202" } as const;
    const motion = { ...EMPTY_MOTION, ...money, item: "5", fund: "maintenance" } as const;
    const scopes = { chargeScope: "3, 7\n11-2" };
    const body = toBody({
      ...EMPTY_DRAFT,
      ...{ opensAt: "2026-12-07T09:00", closesAt: "2026-12-22T20:00" },
      motions: [{ ...motion, ...scopes }],
    }) as { motions: { plan: object }[] };
    expect(body.motions[0]!.plan).to.deep.equal({
      fund: "maintenance",
      budget: "238600050",
      payee: { name: "公司", account: "6222 0202" },
      scope: ["3", "7", "11-2"],
      rule: { rule: "area" },
    });
  });

  it("may be a code in small letters with or without dashes", () => {
    expect(normaliseCode(" ab12-cd34 ef56 ")).to.equal("AB12CD34EF56");
  });
});

describe("a QR code's path", () => {
  it("draws each run of dark modules once", () => {
    expect(toQrPath([[true, true, false, true]])).to.equal("M0 0h2v1H0zM3 0h1v1H3z");
    expect(toQrPath([[false], [true]])).to.equal("M0 1h1v1H0z");
  });
});
