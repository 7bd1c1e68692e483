import { expect } from "chai";
import { type Hex, parseCompactSignature, serializeCompactSignature } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { readApprovals, toApprovals } from "../../../protocol/fund/approvals.ts";

type Approval = { signer: Hex; signature: Hex };

const HASH: Hex = `0x${"5a".repeat(32)}`;

describe("the approvals of a payment", () => {
  it("are short from wallets and as they are from other keys, and are read back to what was given", async () => {
    const keys = [1, 2, 3, 4].map((byte): Hex => `0x${String(byte).repeat(64)}`);
    const wallets = await Promise.all(
      keys.map(async (key) => {
        const account = privateKeyToAccount(key);
        return {
          signer: account.address.toLowerCase() as Hex,
          signature: await account.sign({ hash: HASH }),
        };
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
    expect(await readApprovals(HASH, [1n, signatures, attestations])).to.deep.equal([
      ...wallets,
      ...attestations,
    ]);
  });

  it("are none where nobody can have made a signature", async () => {
    const short = { r: `0x${"00".repeat(32)}`, vs: `0x${"11".repeat(32)}` } as const;
    expect(await readApprovals(HASH, [1n, [short], []])).to.equal(undefined);
  });
});
