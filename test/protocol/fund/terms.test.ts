import { expect } from "chai";
import { type Hex, parseCompactSignature, serializeCompactSignature } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { budgetLimit, groundNumber, toApprovals } from "../../../protocol/fund/terms.ts";

type Approval = { signer: Hex; signature: Hex };

const HASH: Hex = `0x${"5a".repeat(32)}`;

describe("terms of a reservation", () => {
  it("allow the budget and its overrun, rounded down to the fen", () => {
    expect(budgetLimit(999n, 0)).to.equal(999n);
    expect(budgetLimit(999n, 1_000)).to.equal(1_098n);
    expect(budgetLimit(10n ** 18n, 10_000)).to.equal(2n * 10n ** 18n);
  });

  it("number the emergency grounds as the chain does", () => {
    expect(groundNumber("lift")).to.equal(0);
    expect(groundNumber("water")).to.equal(7);
  });

  it("give wallets' approvals short, and those of other keys as they are", async () => {
    const keys = [1, 2, 3, 4].map((byte): Hex => `0x${String(byte).repeat(64)}`);
    const wallets = await Promise.all(
      keys.map(async (key) => {
        const account = privateKeyToAccount(key);
        return { signer: account.address, signature: await account.sign({ hash: HASH }) };
      }),
    );
    const passkey: Approval = { signer: `0x${"ab".repeat(84)}`, signature: "0x1234" };
    const contract: Approval = { signer: `0x${"cd".repeat(20)}`, signature: "0x" };
    const { signatures, attestations } = toApprovals([...wallets, passkey, contract]);
    expect(attestations).to.deep.equal([passkey, contract]);
    for (const [i, { r, vs }] of signatures.entries()) {
      const compact = serializeCompactSignature({ r, yParityAndS: vs });
      expect(parseCompactSignature(compact)).to.deep.equal({ r, yParityAndS: vs });
      const parity = BigInt(vs) >> 255n;
      expect(parity).to.equal(BigInt(`0x${wallets[i]!.signature.slice(-2)}`) - 27n);
    }
  });
});
