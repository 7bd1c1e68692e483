import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { SettingsInvalid, readSettings } from "../../api/config.ts";
import { openKeys } from "../../api/keys.ts";

describe("settings", () => {
  const refusalOf = (environment: Record<string, string>, args: string[] = []): string => {
    try {
      readSettings(environment, args);
    } catch (error) {
      expect(error).to.be.instanceOf(SettingsInvalid);
      return (error as Error).message;
    }
    return "none";
  };

  it("have defaults for a first try on one's own machine", () => {
    const settings = readSettings({}, []);
    expect(settings).to.include({ host: "127.0.0.1", port: undefined, demonstration: "full" });
  });

  it("never load the demonstration in production or when an empty start is asked for", () => {
    expect(readSettings({ NODE_ENV: "production" }, []).demonstration).to.equal(undefined);
    expect(readSettings({}, ["--empty"]).demonstration).to.equal(undefined);
    expect(readSettings({}, ["--demo-size", "small"]).demonstration).to.equal("small");
    expect(refusalOf({ NODE_ENV: "production" }, ["--demo-size", "small"])).to.contain(
      "--demo-size",
    );
  });

  it("are refused by name, without their values, all at once", () => {
    const message = refusalOf({
      PORT: "http",
      DATABASE_URL: "mysql://u:secret@h/d",
      PUBLIC_ORIGIN: "x",
    });
    expect(message)
      .to.contain("PORT")
      .and.to.contain("DATABASE_URL")
      .and.to.contain("PUBLIC_ORIGIN");
    expect(message).not.to.contain("secret");
    expect(refusalOf({}, ["--demo-size", "huge"])).to.contain("small, full, large");
    expect(refusalOf({}, ["--epmty"])).to.contain("--empty");
    expect(refusalOf({ CHAIN_RELAYER_KEY: "0x12" })).to.contain("CHAIN_RELAYER_KEY");
    expect(refusalOf({ PUBLIC_ORIGIN: "https://a.example/path" })).to.contain("PUBLIC_ORIGIN");
  });

  it("make the keys once, readable by their user only, and show the operator token once", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-keys-"));
    const first = openKeys(directory);
    const second = openKeys(directory);
    expect(second).to.deep.equal({ ...first, newOperatorToken: undefined });
    expect(first.newOperatorToken).to.have.length.above(30);
    for (const name of fs.readdirSync(path.join(directory, "keys"))) {
      const file = path.join(directory, "keys", name);
      expect(fs.statSync(file).mode & 0o777).to.equal(0o600);
      expect(fs.readFileSync(file, "utf8")).not.to.contain(first.newOperatorToken);
    }
    fs.rmSync(directory, { recursive: true });
  });
});
