import { expect } from "chai";
import { type TypedDataField, TypedDataEncoder } from "ethers";
import { type Hex, type TypedDataDefinition, hashTypedData, keccak256, zeroHash } from "viem";
import {
  conveneTypedData,
  extendTypedData,
  paperBatchTypedData,
  sealTypedData,
} from "../../../protocol/assembly/meeting.ts";
import { sheetTypedData } from "../../../protocol/assembly/sheet.ts";
import {
  LOGIN_PURPOSE,
  keysTypedData,
  loginTypedData,
  officerTypedData,
  revokeTypedData,
  rollTypedData,
} from "../../../protocol/registry/messages.ts";

const domain = { chainId: 31337, contract: "0x00112233445566778899aabbccddeeff00112233" } as const;
const hash = keccak256("0x01");

const roll = {
  roll: 1n,
  record: hash,
  linesRoot: hash,
  areas: hash,
  areaBytes: 4,
  voters: 1505,
  totalArea: 1_916_192_100n,
  buildings: hash,
};
const convene = {
  roll: 1n,
  record: hash,
  items: [5, 3],
  plans: [hash, zeroHash],
  opensAt: 1_700_000_000n,
  closesAt: 1_700_600_000n,
  noticeSeconds: 1_296_000,
  paperSeconds: 0,
  revealSeconds: 86_400,
  objectionSeconds: 259_200,
  conflict: 2,
  invalidParticipates: true,
};

const messages: Record<string, TypedDataDefinition> = {
  Officer: officerTypedData(domain, { signer: domain.contract, roles: 5, nonce: 0n }),
  Roll: rollTypedData(domain, roll),
  Keys: keysTypedData(domain, { roll: 1n, page: 0n, kind: 1, entries: hash }),
  Revoke: revokeTypedData(domain, { roll: 1n, page: 0n, position: 3n }),
  Login: loginTypedData(31337, {
    site: "https://vote.example",
    purpose: LOGIN_PURPOSE.login,
    challenge: hash,
  }),
  Convene: conveneTypedData(domain, convene),
  Extend: extendTypedData(domain, { meeting: 1n, closesAt: 1_700_700_000n, record: hash }),
  Seal: sealTypedData(domain, { meeting: 1n, leaf: hash, nonce: 2n }),
  PaperBatch: paperBatchTypedData(domain, { meeting: 1n, root: hash, count: 12 }),
  Sheet: sheetTypedData(domain, 1n, ["for", "against", "abstain"]),
};

function ethersDigest(data: TypedDataDefinition): Hex {
  const types = data.types as unknown as Record<string, TypedDataField[]>;
  return TypedDataEncoder.hash(data.domain as object, types, data.message as object) as Hex;
}

describe("typed messages", () => {
  for (const [name, data] of Object.entries(messages)) {
    it(`have the same digest with viem and with ethers: ${name}`, () =>
      expect(hashTypedData(data)).to.equal(ethersDigest(data)));
  }

  it("bind the contract and the chain", () => {
    const elsewhere = { ...domain, chainId: 1 };
    expect(hashTypedData(sheetTypedData(elsewhere, 1n, ["for"]))).not.to.equal(
      hashTypedData(sheetTypedData(domain, 1n, ["for"])),
    );
  });
});
