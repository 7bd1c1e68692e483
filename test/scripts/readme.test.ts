import { expect } from "chai";
import fs from "node:fs";

/** Rows of README.md and the measurement that each one quotes. */
const QUOTED = {
  "ballot with a wallet key, one motion": "ballot, sealed and counted: wallet key (secp256k1)",
  "the same, five motions": "ballot, sealed and counted: five motions, 24 different sheets",
  "ballot with a device key (P-256)": "ballot, sealed and counted: device key (P-256)",
  "ballot with a passkey (WebAuthn)": "ballot, sealed and counted: passkey (WebAuthn)",
  "roll and key, per owner, wallet key": "roll and key, per owner: wallet key (secp256k1)",
  "roll and key, per owner, device key or passkey": "roll and key, per owner: device key (P-256)",
  "payment from a fund, two of three approvals":
    "payment from a fund: two of three approvals, checks and record included",
  "OpenZeppelin Governor, castVoteBySig, for comparison": "OpenZeppelin Governor: castVoteBySig",
};

describe("README", () => {
  it("quotes gas as it was measured", () => {
    const readme = fs.readFileSync("README.md", "utf8");
    const measured = JSON.parse(fs.readFileSync("snapshots/gas.json", "utf8")) as object;
    const rows = new Map(
      [...readme.matchAll(/^\| (.+?) +\| +([\d,]+) \|$/gm)].map(([, name, gas]) => [name, gas]),
    );
    for (const [row, measurement] of Object.entries(QUOTED)) {
      const gas = measured[measurement as keyof typeof measured] as number;
      expect(rows.get(row), row).to.equal(gas.toLocaleString("en"));
    }
  });
});
