import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import {
  type Contract,
  type Signer,
  TypedDataEncoder,
  concat,
  getBytes,
  hexlify,
  id,
  keccak256,
  sha256,
} from "ethers";
import { ROLE } from "../../protocol/registry/messages.ts";
import {
  type Community,
  attest,
  deployCommunity,
  domainOf,
  parseType,
} from "../../scripts/bench/chain/community.ts";
import { KIND, publicKeyOf } from "../../scripts/bench/chain/roll.ts";
import { keepChain, refusalOf, send } from "./chain.ts";

const OFFICER_TYPE = "Officer(bytes signer,uint8 roles,uint256 nonce)";

describe("Registry", () => {
  let community: Community;
  let registry: Contract;
  let restore: () => Promise<void>;

  before(async () => {
    community = await deployCommunity();
    ({ registry } = community);
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  describe("officers", () => {
    const both = (): Signer[] => [community.officers.registrar, community.officers.committee];
    const rolesOf = (signer: string): Promise<bigint> =>
      registry.getFunction("rolesOf")(keccak256(signer));

    async function setOfficer(signer: string, roles: number, { nonce = 0, signers = both() } = {}) {
      const attestations = await attest(registry, OFFICER_TYPE, { signer, roles, nonce }, signers);
      return send(registry, "setOfficer", signer, roles, attestations);
    }

    it("appoints and dismisses by a registrar and a committee officer", async () => {
      const signer = await community.outsider.getAddress();
      await setOfficer(signer, ROLE.teller | ROLE.relayer);
      expect(await rolesOf(signer)).to.equal(BigInt(ROLE.teller | ROLE.relayer));
      expect(await registry.getFunction("hasRole")(signer, ROLE.relayer)).to.equal(true);
      await setOfficer(signer, 0, { nonce: 1 });
      expect(await rolesOf(signer)).to.equal(0n);
      expect(await registry.getFunction("officerNonce")()).to.equal(2n);
    });

    it("refuses registrar and committee in one officer", async () => {
      const signer = await community.outsider.getAddress();
      const sent = setOfficer(signer, ROLE.registrar | ROLE.committee);
      expect(await refusalOf(sent)).to.equal("RegistryRolesIncompatible");
    });

    it("refuses an appointment that has been used before", async () => {
      const signer = await community.outsider.getAddress();
      const value = { signer, roles: ROLE.teller, nonce: 0 };
      const attestations = await attest(registry, OFFICER_TYPE, value, both());
      await send(registry, "setOfficer", signer, ROLE.teller, attestations);
      const replayed = send(registry, "setOfficer", signer, ROLE.teller, attestations);
      expect(await refusalOf(replayed)).to.equal("RegistryAttestationInvalid");
    });

    it("refuses signatures over other roles than those sent", async () => {
      const signer = await community.outsider.getAddress();
      const value = { signer, roles: ROLE.teller, nonce: 0 };
      const attestations = await attest(registry, OFFICER_TYPE, value, both());
      const sent = send(registry, "setOfficer", signer, ROLE.registrar, attestations);
      expect(await refusalOf(sent)).to.equal("RegistryAttestationInvalid");
    });

    it("refuses signers without the role, in the wrong order or twice the same", async () => {
      const signer = await community.outsider.getAddress();
      const { registrar, committee, firstTeller } = community.officers;
      const wrong: Signer[][] = [
        [registrar, firstTeller],
        [committee, registrar],
        [registrar, registrar],
        [community.outsider, committee],
      ];
      for (const signers of wrong) {
        const sent = setOfficer(signer, ROLE.teller, { signers });
        expect(await refusalOf(sent)).to.equal("RegistryRoleMissing");
      }
    });

    it("refuses the same officer twice where both roles are one", async () => {
      const { firstTeller, secondTeller } = community.officers;
      const value = { signer: "0x", roles: 0, nonce: 9 };
      const digest = TypedDataEncoder.hash(
        await domainOf(registry),
        parseType(OFFICER_TYPE).types,
        value,
      );
      const require = async (signers: Signer[]) =>
        registry.getFunction("requireAttested")(
          digest,
          ROLE.teller,
          ROLE.teller,
          await attest(registry, OFFICER_TYPE, value, signers),
        );
      await require([firstTeller, secondTeller]);
      expect(await refusalOf(require([firstTeller, firstTeller]))).to.equal("RegistrySameOfficer");
    });

    it("takes signatures from a key behind a verifier contract", async () => {
      const verifier = await community.ethers.deployContract("WebCryptoVerifier");
      const secret = getBytes(id("officer's key"));
      const officer = concat([await verifier.getAddress(), publicKeyOf(KIND.p256, secret)]);
      await setOfficer(officer, ROLE.committee);

      const signer = await community.outsider.getAddress();
      const value = { signer, roles: ROLE.teller, nonce: 1 };
      const { types } = parseType(OFFICER_TYPE);
      const digest = TypedDataEncoder.hash(await domainOf(registry), types, value);
      const signed = p256.sign(getBytes(sha256(digest)), secret, { prehash: false, lowS: true });
      const [first] = await attest(registry, OFFICER_TYPE, value, [community.officers.registrar]);
      const altered = Uint8Array.from(signed, (byte, i) => (i === 9 ? byte ^ 1 : byte));
      const byKey = (signature: Uint8Array) =>
        send(registry, "setOfficer", signer, ROLE.teller, [
          first,
          { signer: officer, signature: hexlify(signature) },
        ]);
      expect(await refusalOf(byKey(altered))).to.equal("RegistryAttestationInvalid");
      await byKey(signed);
      expect(await rolesOf(signer)).to.equal(BigInt(ROLE.teller));
    });

    it("refuses a signer shorter than an address", async () => {
      const sent = setOfficer("0x1234", ROLE.teller);
      expect(await refusalOf(sent)).to.equal("RegistrySignerInvalid");
    });

    it("keeps at least one registrar and one committee officer", async () => {
      await setOfficer(await community.officers.author.getAddress(), ROLE.approver);
      for (const officer of both()) {
        const sent = setOfficer(await officer.getAddress(), 0, { nonce: 1 });
        expect(await refusalOf(sent)).to.equal("RegistryLastOfficer");
      }
    });
  });
});
