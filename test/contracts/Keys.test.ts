import { expect } from "chai";
import { type Contract, type Signer, keccak256, zeroPadValue } from "ethers";
import { type Community, attest, deployCommunity } from "../../scripts/bench/chain/community.ts";
import {
  type FrozenRoll,
  KEYS_TYPE,
  KIND,
  type Voter,
  bindPage,
  encodeEntries,
  freezeRoll,
  makeVoters,
} from "../../scripts/bench/chain/roll.ts";
import { keepChain, refusalOf, send, setTime } from "./chain.ts";

const REVOKE_TYPE = "Revoke(uint256 roll,uint256 page,uint256 position)";
const KEYS_UNTIL = 4_000_000_000;

/** A community whose rolls the deployer's account assigns, where the Assembly would. */
async function deployRegistry(): Promise<{ community: Community; assembly: Signer }> {
  const whole = await deployCommunity();
  const { ethers, officers } = whole;
  const appointments = await Promise.all(
    [officers.registrar, officers.committee].map(async (officer, i) => ({
      signer: await officer.getAddress(),
      roles: i + 1,
    })),
  );
  const registry = await ethers.deployContract("Registry", [appointments]);
  const [assembly] = await ethers.getSigners();
  await send(registry, "setAssembly", await assembly!.getAddress());
  return {
    community: { ...whole, registry: registry },
    assembly: assembly!,
  };
}

describe("Registry keys", () => {
  const voters = makeVoters(10, KIND.secp256k1);
  let community: Community;
  let registry: Contract;
  let assembly: Signer;
  let frozen: FrozenRoll;
  let restore: () => Promise<void>;

  before(async () => {
    ({ community, assembly } = await deployRegistry());
    ({ registry } = community);
    frozen = await freezeRoll(community, voters);
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const both = (): Signer[] => [community.officers.registrar, community.officers.committee];
  const place = (page: number, position: number) => ({ page, position });

  async function bind(entries: string, { page = 0, kind = 0, roll = 1n, signers = both() } = {}) {
    const value = { roll, page, kind, entries: keccak256(entries) };
    const attestations = await attest(registry, KEYS_TYPE, value, signers);
    return send(registry, "bindKeys", roll, kind, entries, attestations);
  }

  async function revoke(page: number, position: number, signers = both()) {
    const value = { roll: 1n, page, position };
    const attestations = await attest(registry, REVOKE_TYPE, value, signers);
    return send(registry, "revokeKey", 1n, place(page, position), attestations);
  }

  const report = (first: object, second: object) =>
    send(registry.connect(community.outsider), "reportDuplicateKey", 1n, first, second);
  const getKey = (page: number, position: number) =>
    registry.getFunction("getKey")(1n, place(page, position));

  describe("bindKeys", () => {
    it("binds pages of both kinds, numbered from 0", async () => {
      const passkeys = makeVoters(10, KIND.p256).slice(6);
      await bindPage(community, frozen.roll, voters.slice(0, 6));
      await bindPage(community, frozen.roll, passkeys);
      const key = await getKey(1, 2);
      expect([key.voter, key.kind, key.revoked]).to.deep.equal([8n, 1n, false]);
      expect(key.keyId.toLowerCase()).to.equal(passkeys[2]!.keyId);
      expect((await registry.getFunction("getRoll")(1n)).keyPages).to.equal(2n);
      expect(await refusalOf(getKey(1, 4))).to.equal("RegistryKeyUnknown");
      expect(await refusalOf(getKey(2, 0))).to.equal("RegistryKeyUnknown");
    });

    it("refuses a page that has been bound, sent once more", async () => {
      const entries = encodeEntries(voters);
      const value = { roll: 1n, page: 0, kind: 0, entries: keccak256(entries) };
      const attestations = await attest(registry, KEYS_TYPE, value, both());
      await send(registry, "bindKeys", 1n, 0, entries, attestations);
      const replayed = send(registry, "bindKeys", 1n, 0, entries, attestations);
      expect(await refusalOf(replayed)).to.equal("RegistryAttestationInvalid");
    });

    it("refuses another page number, kind, or content than was signed", async () => {
      const entries = encodeEntries(voters);
      expect(await refusalOf(bind(entries, { page: 1 }))).to.equal("RegistryAttestationInvalid");
      // As many bytes as 11 entries of the other kind.
      const seventeen = encodeEntries(Array.from({ length: 17 }, () => voters[0]!));
      const value = { roll: 1n, page: 0, kind: 0, entries: keccak256(seventeen) };
      const attestations = await attest(registry, KEYS_TYPE, value, both());
      const otherKind = send(registry, "bindKeys", 1n, 1, seventeen, attestations);
      expect(await refusalOf(otherKind)).to.equal("RegistryAttestationInvalid");
      const others = encodeEntries(voters.slice(1));
      const otherKeys = send(registry, "bindKeys", 1n, 0, others, attestations);
      expect(await refusalOf(otherKeys)).to.equal("RegistryAttestationInvalid");
    });

    it("refuses one signature for two", async () => {
      const { registrar } = community.officers;
      const sent = bind(encodeEntries(voters), { signers: [registrar, registrar] });
      expect(await refusalOf(sent)).to.equal("RegistryRoleMissing");
    });

    it("refuses bytes that are not a page of whole entries", async () => {
      const entries = encodeEntries(voters);
      const full = `0x${"00".repeat(22 * 1_091)}`;
      for (const wrong of ["0x", entries.slice(0, -2), `${entries}00`, full]) {
        expect(await refusalOf(bind(wrong))).to.equal("RegistryKeyPageInvalid");
      }
    });

    it("refuses an unknown kind and an unknown roll", async () => {
      const entries = encodeEntries(voters);
      expect(await refusalOf(bind(entries, { kind: 2 }))).to.equal("RegistryKeyKindUnknown");
      expect(await refusalOf(bind(entries, { roll: 2n }))).to.equal("RegistryRollUnknown");
    });

    it("keeps an entry of a voter beyond the roll, which binds nobody there", async () => {
      const beyond: Voter = { ...voters[0]!, voter: 10 };
      await bind(encodeEntries([...voters, beyond]));
      expect((await getKey(0, 10)).voter).to.equal(10n);
    });

    it("binds and revokes until the voting closes, and no longer", async () => {
      await send(registry.connect(assembly), "assignRoll", 1n, KEYS_UNTIL);
      await setTime(community, KEYS_UNTIL - 1);
      await bind(encodeEntries(voters));
      await setTime(community, KEYS_UNTIL);
      expect(await refusalOf(bind(encodeEntries(voters), { page: 1 }))).to.equal(
        "RegistryKeysClosed",
      );
      expect(await refusalOf(revoke(0, 0))).to.equal("RegistryKeysClosed");
      await send(registry.connect(assembly), "extendRoll", 1n, KEYS_UNTIL + 1_000);
      await revoke(0, 0);
    });
  });

  describe("assignRoll", () => {
    it("gives a roll to one meeting only", async () => {
      const as = registry.connect(assembly);
      expect(await refusalOf(send(as, "extendRoll", 1n, KEYS_UNTIL))).to.equal(
        "RegistryRollNotAssigned",
      );
      await send(as, "assignRoll", 1n, KEYS_UNTIL);
      expect(await refusalOf(send(as, "assignRoll", 1n, KEYS_UNTIL + 1))).to.equal(
        "RegistryRollAssigned",
      );
      expect(await refusalOf(send(as, "assignRoll", 2n, KEYS_UNTIL))).to.equal(
        "RegistryRollUnknown",
      );
      const outside = registry.connect(community.outsider);
      expect(await refusalOf(send(outside, "assignRoll", 1n, KEYS_UNTIL))).to.equal(
        "RegistryNotAssembly",
      );
    });
  });

  describe("revokeKey", () => {
    beforeEach(() => bind(encodeEntries(voters)));

    it("revokes one key and no other", async () => {
      await revoke(0, 3);
      const revoked = await Promise.all(voters.map(async (_, i) => (await getKey(0, i)).revoked));
      expect(revoked.flatMap((is, i) => (is ? [i] : []))).to.deep.equal([3]);
      const [word] = await registry.getFunction("revocations")(1n, 0);
      expect(word).to.equal(8n);
      expect((await registry.getFunction("getKeyPage")(1n, 0)).revoked).to.equal(1n);
    });

    it("refuses a second time, an unknown key, and signatures over another", async () => {
      await revoke(0, 3);
      expect(await refusalOf(revoke(0, 3))).to.equal("RegistryKeyAlreadyRevoked");
      expect(await refusalOf(revoke(0, 10))).to.equal("RegistryKeyUnknown");
      expect(await refusalOf(revoke(1, 0))).to.equal("RegistryKeyUnknown");
      const value = { roll: 1n, page: 0, position: 4 };
      const attestations = await attest(registry, REVOKE_TYPE, value, both());
      const sent = send(registry, "revokeKey", 1n, place(0, 5), attestations);
      expect(await refusalOf(sent)).to.equal("RegistryAttestationInvalid");
      const { committee, registrar } = community.officers;
      expect(await refusalOf(revoke(0, 4, [committee, registrar]))).to.equal("RegistryRoleMissing");
    });
  });

  describe("reportDuplicateKey", () => {
    // Voter 9 has been given the key of voter 2, in the same page and in a later one.
    const copied: Voter = { ...voters[2]!, voter: 9 };
    beforeEach(async () => {
      await bind(encodeEntries([...voters.slice(0, 9), copied]));
      await bind(encodeEntries([copied]), { page: 1 });
    });

    it("revokes the later binding, by anybody and after the end", async () => {
      await send(registry.connect(assembly), "assignRoll", 1n, KEYS_UNTIL);
      await setTime(community, KEYS_UNTIL + 9);
      await report(place(0, 2), place(0, 9));
      await report(place(0, 2), place(1, 0));
      expect((await getKey(0, 2)).revoked).to.equal(false);
      expect((await getKey(0, 9)).revoked).to.equal(true);
      expect((await getKey(1, 0)).revoked).to.equal(true);
    });

    it("refuses the earlier binding, the same place twice, and different keys", async () => {
      const wrong = [
        [place(0, 9), place(0, 2)],
        [place(1, 0), place(0, 2)],
        [place(0, 2), place(0, 2)],
        [place(0, 3), place(0, 9)],
      ] as const;
      for (const [first, second] of wrong) {
        expect(await refusalOf(report(first, second))).to.equal("RegistryKeysDiffer");
      }
    });

    it("leaves the second binding alone while the first is revoked", async () => {
      await revoke(0, 2);
      const name = await refusalOf(report(place(0, 2), place(0, 9)));
      expect(name).to.equal("RegistryKeyAlreadyRevoked");
      expect((await getKey(0, 9)).revoked).to.equal(false);
    });

    it("refuses a binding that has been reported", async () => {
      await report(place(0, 2), place(0, 9));
      const name = await refusalOf(report(place(0, 2), place(0, 9)));
      expect(name).to.equal("RegistryKeyAlreadyRevoked");
    });

    it("tells keys of different kinds apart", async () => {
      const alike = { ...copied, keyId: zeroPadValue(copied.keyId, 32) };
      await bind(encodeEntries([alike]), { page: 2, kind: KIND.p256 });
      const name = await refusalOf(report(place(0, 2), place(2, 0)));
      expect(name).to.equal("RegistryKeysDiffer");
    });
  });
});
