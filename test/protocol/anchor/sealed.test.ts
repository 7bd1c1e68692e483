import { expect } from "chai";
import fc from "fast-check";
import { type Hex, sha256, stringToHex } from "viem";
import { recordSchema } from "../../../protocol/anchor/record.ts";
import { isDisclosureOf, isSealed, listSealed, sealText } from "../../../protocol/anchor/sealed.ts";

const salt: Hex = `0x${"a7".repeat(32)}`;

describe("a sealed text", () => {
  it("is the hash of a byte of its own, the salt and the text", () => {
    const { sealed } = sealText({ salt, value: "139 0000 0000" });
    expect(sealed).to.equal(sha256(`0x02${salt.slice(2)}${stringToHex("139 0000 0000").slice(2)}`));
  });

  it("opens with its own salt and text only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        const [value, other] = [a.normalize("NFC"), b.normalize("NFC")];
        const { sealed } = sealText({ salt, value });
        expect(isDisclosureOf(sealed, { salt, value })).to.equal(true);
        expect(isDisclosureOf(sealed, { salt, value: other })).to.equal(other === value);
        expect(isDisclosureOf(sealed, { salt: `0x${"a8".repeat(32)}`, value })).to.equal(false);
      }),
    );
  });

  it("never opens with a short salt, which could be guessed, nor with another form of the text", () => {
    expect(() => sealText({ salt: "0x00", value: "x" })).to.throw(RangeError);
    const { sealed } = sealText({ salt, value: "é" });
    expect(isDisclosureOf(sealed, { salt: "0x00", value: "é" })).to.equal(false);
    expect(isDisclosureOf(sealed, { salt, value: "é".normalize("NFD") })).to.equal(false);
  });

  it("is found wherever a record holds one, by JSON pointer", () => {
    const field = sealText({ salt, value: "x" });
    const { sealed } = field;
    const record = { title: "t", contact: field, list: [{ "a/b~c": field }, { other: "y" }] };
    expect(listSealed(record)).to.deep.equal([
      { path: "/contact", sealed },
      { path: "/list/0/a~1b~0c", sealed },
    ]);
    expect(isSealed({ sealed, more: 1 })).to.equal(false);
    expect(isSealed("0x")).to.equal(false);
  });

  it("may stand where a record can name a person, as may plain text of earlier records", () => {
    const meeting = (contact: unknown) =>
      recordSchema.safeParse({
        ...{ v: 1, type: "meeting", community: "a", at: "2027-01-01T00:00:00Z", roll: 1 },
        ...{
          title: "t",
          scope: "s",
          organiser: "o",
          contact,
          noticeAt: 1,
          opensAt: 2,
          closesAt: 3,
        },
        motions: [{ title: "m", text: `0x${"0".repeat(64)}`, item: 5, documents: [] }],
        profile: {
          ...{ conflict: "newestFirst", invalid: "ignored", deemed: "none", source: "s" },
          ...{ noticeSeconds: 1, paperSeconds: 1, revealSeconds: 1, objectionSeconds: 1 },
        },
      }).success;
    expect(meeting(sealText({ salt, value: "x" }))).to.equal(true);
    expect(meeting("office")).to.equal(true);
    expect(meeting({ sealed: "0x12" })).to.equal(false);
    expect(meeting({ ...sealText({ salt, value: "x" }), value: "x" })).to.equal(false);
  });
});
