import { expect } from "chai";
import { type Hex, concat, encodeFunctionData, keccak256, pad } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { findBrought } from "../../../api/fund/disbursement/brought.ts";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { toApprovals } from "../../../protocol/fund/approvals.ts";

describe("the approvals in a transaction that somebody else sent", () => {
  const hash = keccak256("0x01");
  const wallets = [1, 2].map(() => privateKeyToAccount(generatePrivateKey()));
  const address = (account: { address: Hex }): Hex => account.address.toLowerCase() as Hex;
  // A passkey's signer is longer than a wallet's, and only its verifier can read its signature.
  const passkey = {
    signer: concat(["0x02", pad("0x03", { size: 83 })]),
    signature: "0x0405",
  } as const;
  const approvers = [...wallets.map(address), passkey.signer].map((signer) => keccak256(signer));
  let call: Hex;

  before(async () => {
    const signed = await Promise.all(
      wallets.map(async (own) => ({ signer: address(own), signature: await own.sign({ hash }) })),
    );
    const { signatures, attestations } = toApprovals([...signed, passkey]);
    const args = [7n, signatures, attestations] as const;
    call = encodeFunctionData({ abi: fundAbi, functionName: "release", args });
  });

  const found = async (input: Hex, of: Hex = hash): Promise<Hex[]> =>
    (await findBrought(input, { hash: of, approvers })).map(({ signer }) => signer);
  const all = [...wallets.map(address), passkey.signer];

  it("are found in a call of the Fund", async () => {
    expect(await found(call)).to.deep.equal(all);
  });

  it("are found in what somebody's own contract hands on", async () => {
    expect(await found(concat(["0x1234567890", call, "0x00"]))).to.deep.equal(all);
    // Before it the same function's selector, with nothing that is a call behind it.
    expect(await found(concat([call.slice(0, 10) as Hex, call]))).to.deep.equal(all);
  });

  it("are not taken from another payment's, nor from what is no call", async () => {
    expect(await found(call, keccak256("0x02"))).to.deep.equal([]);
    expect(await found(`0x0${call.slice(2)}0`)).to.deep.equal([]);
    expect(await found("0x")).to.deep.equal([]);
  });
});
