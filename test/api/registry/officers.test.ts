import { expect } from "chai";
import { Wallet } from "ethers";
import { type Hex, concat, hashTypedData, toHex } from "viem";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { type Body, eventually, ok, refused } from "../http/client.ts";
import { officerSigner, packOfficerAssertion } from "../../../protocol/registry/officer.ts";
import { DevicePerson, PasskeyPerson, WalletPerson, login } from "../http/people.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "./community.ts";

describe("officers and what two of them must sign", () => {
  let test: TestService;
  let community: TestCommunity;

  before(async () => {
    test = await TestService.start();
    community = await TestCommunity.create(test);
  });
  after(() => test.close());

  const officer = (signer: Hex, roles: string[]) => ({ signer, roles, title: "监票人" });
  const propose = (body: Body): Promise<Body> =>
    community.registrar.client.post(`${community.path}/officers`, body);
  const proposeOk = async (body: Body): Promise<Body> => {
    const { proposal } = await ok(propose(body));
    return community.proposal(proposal as string);
  };
  const rolesOnChain = (id: Hex): Promise<number> =>
    test.service.registry.getCommunity(test.database.client, community.id).then(({ registry }) =>
      test.service.chain.client.readContract({
        address: registry,
        abi: registryAbi,
        functionName: "rolesOf",
        args: [id],
      }),
    );

  describe("a community", () => {
    const create = (change: Body, client = test.operator()): Promise<Body> => {
      const officers = [
        { signer: Wallet.createRandom().address, roles: ["registrar"], title: "a" },
        { signer: Wallet.createRandom().address, roles: ["committee"], title: "b" },
      ];
      return client.post("/communities", { id: "other", name: "x", officers, ...change });
    };

    it("is created by the operator alone", async () => {
      expect(await refused(create({}, test.client()), 401)).to.equal("OperatorTokenRequired");
      const officers = community.registrar.client;
      expect(await refused(create({}, officers), 401)).to.equal("OperatorTokenRequired");
    });

    it("has an id of its own, a registrar and a committee officer from the beginning", async () => {
      expect(await refused(create({ id: community.id }), 409)).to.equal("CommunityExists");
      expect(await refused(create({ id: "Ä" }), 400)).to.equal("InputInvalid");
      const signer = () => Wallet.createRandom().address;
      const one = { signer: signer(), roles: ["registrar"], title: "a" };
      const both = { signer: signer(), roles: ["registrar", "committee"], title: "b" };
      const teller = { signer: signer(), roles: ["teller"], title: "b" };
      const withOfficers = (...officers: Body[]) => refused(create({ officers }), 422);
      expect(await withOfficers(one, both)).to.equal("OfficerRolesConflict");
      expect(await withOfficers(one, teller)).to.equal("OfficerRoleUnfilled");
      const malformed = { ...teller, signer: "0x1234" };
      expect(await withOfficers(one, malformed)).to.equal("OfficerSignerInvalid");
    });
  });

  /** Waits until an appointment is on chain: what is proposed before that has a number that is taken then. */
  async function appointed(signer: Hex): Promise<Body> {
    const found = await eventually(async () => {
      const { items } = await ok(test.client().get(`${community.path}/officers`));
      return (items as Body[]).find((row) => row.signer === signer);
    });
    expect(await rolesOnChain(found.id as Hex)).to.be.above(0);
    return found;
  }

  it("takes a wallet's appointment to the chain once both have signed", async () => {
    const person = new WalletPerson();
    const proposal = await proposeOk(officer(person.signer, ["teller", "auditor"]));
    await community.sign(proposal.id as string);
    const found = await appointed(person.signer);
    expect(found.roles).to.deep.equal(["teller", "auditor"]);
    expect(await rolesOnChain(found.id as Hex)).to.equal(4 | 16);
  });

  it("refuses a signature that is not the officer's, of another proposal, or given twice", async () => {
    const { registrar, committee } = community;
    const person = new WalletPerson();
    const first = await proposeOk(officer(person.signer, ["teller"]));
    const second = await proposeOk(officer(new WalletPerson().signer, ["auditor"]));
    const address = `${community.path}/proposals/${first.id}/attestations`;
    const replayed = await registrar.person.signTypedData(second.typedData);
    const send = (signer: Hex, signature: Hex) =>
      refused(registrar.client.post(address, { signer, signature }));
    expect(await send(registrar.person.signer, replayed)).to.equal("AttestationInvalid");
    const own = await registrar.person.signTypedData(first.typedData);
    expect(await send(committee.person.signer, own)).to.equal("AttestationInvalid");
    expect(await send(new WalletPerson().signer, own)).to.equal("AttestationSignerUnknown");
    await ok(registrar.person.attest(registrar.client, community.id, first));
    const again = registrar.person.attest(registrar.client, community.id, first);
    expect(await refused(again, 409)).to.equal("AttestationSameOfficer");
    await ok(committee.person.attest(committee.client, community.id, first));
    const late = committee.person.attest(committee.client, community.id, first);
    expect(await refused(late, 409)).to.equal("ProposalClosed");
    await appointed(person.signer);
  });

  it("refuses the malleable twin of a signature, which the contract would refuse", async () => {
    const { registrar } = community;
    const proposal = await proposeOk(officer(new WalletPerson().signer, ["teller"]));
    const signature = await registrar.person.signTypedData(proposal.typedData);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const s = order - BigInt(`0x${signature.slice(66, 130)}`);
    const v = signature.endsWith("1b") ? "0x1c" : "0x1b";
    const twin = concat([`0x${signature.slice(2, 66)}`, toHex(s, { size: 32 }), v]);
    const address = `${community.path}/proposals/${proposal.id}/attestations`;
    const body = { signer: registrar.person.signer, signature: twin };
    expect(await refused(registrar.client.post(address, body))).to.equal("AttestationInvalid");
  });

  it("lets nobody but officers see or sign proposals, and a role is needed for each", async () => {
    const list = `${community.path}/proposals`;
    expect(await refused(test.client().get(list), 401)).to.equal("LoginRequired");
    const stranger = await login(test.client(), new WalletPerson());
    expect(await refused(stranger.get(list), 403)).to.equal("RoleRequired");
    const teller = new WalletPerson();
    const appointment = await proposeOk(officer(teller.signer, ["teller"]));
    await community.sign(appointment.id as string);
    await appointed(teller.signer);
    const client = await login(test.client(), teller);
    const proposal = await proposeOk(officer(new WalletPerson().signer, ["teller"]));
    const attempt = teller.attest(client, community.id, proposal);
    expect(await refused(attempt, 403)).to.equal("AttestationRoleMissing");
    const convened = client.post(`${community.path}/officers`, officer(teller.signer, []));
    expect(await refused(convened, 403)).to.equal("RoleRequired");
  });

  it("refuses a key behind a verifier that the service did not put on the chain", async () => {
    const { point } = await DevicePerson.create();
    const foreign = concat(["0x00000000000000000000000000000000000000aa", point]);
    expect(await refused(propose(officer(foreign, ["teller"])), 422)).to.equal(
      "OfficerSignerInvalid",
    );
  });

  it("takes officers with a passkey and with a browser's key, whose signatures the contract takes", async () => {
    const { chain } = await ok(test.client().get("/status"));
    const passkey = new PasskeyPerson();
    const device = await DevicePerson.create();
    const signers = {
      registrar: officerSigner(chain.verifiers.webAuthnVerifier as Hex, passkey.point),
      committee: officerSigner(chain.verifiers.webCryptoVerifier as Hex, device.point),
    };
    for (const role of ["registrar", "committee"] as const) {
      const { proposal } = await ok(propose(officer(signers[role], [role])));
      await community.sign(proposal as string);
      await appointed(signers[role]);
    }
    const client = await login(test.client(), passkey);
    await login(test.client(), device);
    const person = new WalletPerson();
    const { proposal: id } = await ok(
      client.post(`${community.path}/officers`, officer(person.signer, ["auditor"])),
    );
    const { typedData } = await community.proposal(id as string);
    const digest = hashTypedData(typedData);
    const { assertion, rs } = passkey.assert(digest, test.url);
    const send = (signer: Hex, signature: Hex): Promise<Body> =>
      client.post(`${community.path}/proposals/${id}/attestations`, { signer, signature });
    // A passkey's signature is no signature of a browser's key, nor is one over something else.
    expect(await refused(send(signers.registrar, rs), 422)).to.equal("AttestationInvalid");
    const other = passkey.assert(hashTypedData(SAMPLE), test.url);
    const wrong = packOfficerAssertion(other.assertion, other.rs);
    expect(await refused(send(signers.registrar, wrong), 422)).to.equal("AttestationInvalid");
    await ok(send(signers.registrar, packOfficerAssertion(assertion, rs)));
    await ok(send(signers.committee, await lowS(await device.sign(digest))));
    await appointed(person.signer);
  });

  it("takes a proposal back, after which it cannot be signed", async () => {
    const { registrar } = community;
    const proposal = await proposeOk(officer(new WalletPerson().signer, ["teller"]));
    const address = `${community.path}/proposals/${proposal.id}/withdrawal`;
    expect((await ok(registrar.client.post(address))).state).to.equal("withdrawn");
    const attempt = registrar.person.attest(registrar.client, community.id, proposal);
    expect(await refused(attempt, 409)).to.equal("ProposalClosed");
  });

  it("says so when the chain refuses what two had signed", async () => {
    // Both carry the same number of the next change: the second comes too late.
    const first = await proposeOk(officer(new WalletPerson().signer, ["auditor"]));
    const second = await proposeOk(officer(new WalletPerson().signer, ["auditor"]));
    await community.sign(first.id as string);
    await community.sign(second.id as string);
    const failed = await eventually(async () => {
      const proposal = await community.proposal(second.id as string);
      return proposal.failure === null ? undefined : proposal;
    });
    expect(failed.failure).to.equal("RegistryAttestationInvalid");
  });
});

const SAMPLE = {
  domain: { name: "Mingzhang", version: "1", chainId: 1 },
  types: { Sample: [{ name: "text", type: "string" }] },
  primaryType: "Sample",
  message: { text: "a" },
} as const;

async function lowS(signature: Hex): Promise<Hex> {
  const { toP256Signature } = await import("../../../protocol/registry/keys.ts");
  const point: Hex = `0x${"11".repeat(64)}`;
  return toP256Signature(signature, point).slice(0, 130) as Hex;
}
