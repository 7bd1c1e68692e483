import { gasOf, deployCommunity } from "./chain/community.ts";

const FOR = 1;
const VOTES = 8;

/** Gas of one vote in OpenZeppelin's Governor, warm: the least of several votes on a later proposal. */
export async function measureGovernor(): Promise<{ castVote: number; castVoteBySig: number }> {
  const { ethers } = await deployCommunity();
  const signers = (await ethers.getSigners()).slice(0, 2 * VOTES);
  const addresses = signers.map((signer) => signer.address);
  const token = await ethers.deployContract("WeightPeer", [addresses]);
  const governor = await ethers.deployContract("GovernorPeer", [token]);
  const domain = {
    name: "Peer",
    version: "1",
    chainId: (await ethers.provider.getNetwork()).chainId,
    verifyingContract: await governor.getAddress(),
  };
  const measured = { castVote: Infinity, castVoteBySig: Infinity };
  for (const description of ["earlier", "later"]) {
    const call = [[await token.getAddress()], [0], ["0x"]] as const;
    await gasOf(governor.getFunction("propose")(...call, description));
    const proposalId = await governor.getFunction("getProposalId")(...call, ethers.id(description));
    await ethers.provider.send("hardhat_mine", ["0x2"]);
    for (const [i, signer] of signers.entries()) {
      if (i < VOTES) {
        const gas = await gasOf(governor.connect(signer).getFunction("castVote")(proposalId, FOR));
        measured.castVote = Math.min(measured.castVote, gas);
        continue;
      }
      const nonce = await governor.getFunction("nonces")(signer.address);
      const ballot = { proposalId, support: FOR, voter: signer.address, nonce };
      const signature = await signer.signTypedData(domain, BALLOT, ballot);
      const cast = governor.getFunction("castVoteBySig");
      const gas = await gasOf(cast(proposalId, FOR, signer.address, signature));
      measured.castVoteBySig = Math.min(measured.castVoteBySig, gas);
    }
  }
  return measured;
}

const BALLOT = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};
