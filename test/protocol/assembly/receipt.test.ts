import { expect } from "chai";
import { keccak256 } from "viem";
import {
  type Receipt,
  fromReceiptFragment,
  parseReceipt,
  receiptBytes,
  receiptNumber,
  toReceiptFragment,
} from "../../../protocol/assembly/receipt.ts";

const hash = keccak256("0x01");
const receipt: Receipt = {
  v: 1,
  chainId: 31337,
  assembly: "0x00112233445566778899aabbccddeeff00112233",
  meeting: 1,
  batch: 3,
  origin: "own",
  voter: 41,
  page: 0,
  position: 7,
  kind: 1,
  form: 1,
  answers: ["for", "abstain"],
  signature: `0x${"ab".repeat(96)}`,
  leaf: hash,
  proof: Array.from({ length: 8 }, () => hash),
};
const envelope = `0x${"11".repeat(170)}` as const;

describe("receipt", () => {
  it("reads back from its file and from its QR code", () => {
    const passkey: Receipt = { ...receipt, form: 2, envelope };
    for (const one of [receipt, passkey]) {
      expect(parseReceipt(receiptBytes(one))).to.deep.equal(one);
      expect(fromReceiptFragment(toReceiptFragment(one))).to.deep.equal(one);
    }
  });

  it("fits into a QR code", () => expect(toReceiptFragment(receipt).length).to.be.below(2_000));

  it("has a number in groups of four", () =>
    expect(receiptNumber(`0x0123456789abcdef${"0".repeat(48)}`)).to.equal("0123 4567 89AB CDEF"));

  const refused: [string, object][] = [
    ["another version", { ...receipt, v: 2 }],
    ["an unknown field", { ...receipt, extra: 1 }],
    ["an envelope without the form", { ...receipt, envelope }],
    ["the form without an envelope", { ...receipt, form: 2 }],
    ["an unknown answer", { ...receipt, answers: ["yes"] }],
    ["a leaf in capitals", { ...receipt, leaf: hash.toUpperCase() }],
    ["a path longer than a batch can have", { ...receipt, proof: Array(9).fill(hash) }],
  ];
  for (const [name, value] of refused) {
    it(`is refused with ${name}`, () =>
      expect(() => parseReceipt(new TextEncoder().encode(JSON.stringify(value)))).to.throw());
  }
});
