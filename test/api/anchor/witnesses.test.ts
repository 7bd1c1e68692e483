import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { SettingsInvalid, readSettings } from "../../../api/config.ts";
import { readOutside } from "../../../api/anchor/witness/settings.ts";
import { readCertificates, verifyTimestamp } from "../../../protocol/anchor/timestamp.ts";
import { openCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import {
  type VerifierKey,
  formatVerifierKey,
  parseVerifierKey,
  verifierKeyOf,
} from "../../../protocol/anchor/tlog/key.ts";
import { checkQuorum, parsePolicy } from "../../../protocol/anchor/tlog/policy.ts";
import { serveWitness } from "../../../scripts/commands/witness/server.ts";
import { WitnessStore } from "../../../scripts/commands/witness/store.ts";
import { type Body, eventually, ok, refused } from "../http/client.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "../registry/community.ts";
import { TimestampAuthority } from "./timestampAuthority.ts";

describe("a log shown to witnesses and an authority of timestamps", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-witnesses-"));
  const file = (name: string): string => path.join(folder, name);
  /** The keys of the logs that the witnesses know; the community's is added once there is one. */
  const logs: VerifierKey[] = [];
  const closing: (() => Promise<void> | void)[] = [];
  let authority: TimestampAuthority;
  let test: TestService;
  let community: TestCommunity;

  async function startWitness(name: string) {
    const store = new WitnessStore(file(name), `witness.example/${name}`);
    const server = await serveWitness({ store, logs }, { host: "127.0.0.1", port: 0 });
    closing.push(
      () => server.close(),
      () => store.close(),
    );
    return {
      url: server.url,
      store,
      key: formatVerifierKey(verifierKeyOf(store.signer, "cosignature")),
    };
  }

  before(async function () {
    this.timeout(60_000);
    authority = new TimestampAuthority();
    await authority.serve();
    fs.writeFileSync(file("ca.pem"), authority.authorities);
    const [a, b] = [await startWitness("a"), await startWitness("b")];
    const away = verifierKeyOf(
      { name: "witness.example/c", seed: new Uint8Array(32) },
      "cosignature",
    );
    const policy = [
      `witness a ${a.key} ${a.url}`,
      `witness b ${b.key} ${b.url}`,
      `witness c ${formatVerifierKey(away)} http://127.0.0.1:9`,
      "group two 2 a b c",
      "quorum two",
    ];
    fs.writeFileSync(file("policy"), policy.join("\n"));
    const environment = {
      WITNESSES: file("policy"),
      TIMESTAMP_URL: authority.url,
      TIMESTAMP_CA: file("ca.pem"),
    };
    test = await TestService.start({ environment });
    community = await TestCommunity.create(test);
    logs.push(parseVerifierKey((await describe_()).key as string));
  });
  after(async () => {
    await test.close();
    for (const close of closing) await close();
    authority.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const describe_ = async (): Promise<Body> => (await ok(test.client().get(community.path))).log;
  const witnesses = (): Promise<Body> => ok(test.client().get(`${community.path}/log/witnesses`));
  const fetchLog = (address: string) => fetch(`${test.url}/api${community.path}/log/${address}`);
  const append = (position: number) =>
    test.database.client.$transaction((tx) =>
      test.service.anchor.append(tx, community.id, {
        v: 1,
        type: "revocation",
        community: community.id,
        at: "2026-11-22T00:00:00Z",
        roll: 1,
        page: 0,
        position,
        reason: "测试",
      }),
    );
  const cosignedUpTo = (size: number) =>
    eventually(async () => {
      const body = await witnesses();
      return body.size === size && body.quorum.isReached ? body : undefined;
    });

  it("collects the cosignatures that the policy wants, though one witness is away", async () => {
    await append(1);
    await community.head(2);
    const body = await cosignedUpTo(2);
    expect(body.quorum).to.deep.equal({ isReached: true, cosigned: ["a", "b"], missing: ["c"] });
    expect(body.witnesses.map(({ size }: Body) => size as number | null)).to.deep.equal([
      2,
      2,
      null,
    ]);
    const policy = parsePolicy(body.policy as string);
    const keys = policy.witnesses.map(({ key }) => key);
    const note = await (await fetchLog("checkpoint")).text();
    const { signatures } = openCheckpoint(note, keys);
    expect(checkQuorum(policy, signatures).isReached).to.equal(true);
    const proof = await fetch(`${test.url}/api${community.path}/records/0/tlog-proof`);
    expect((await proof.text()).endsWith(note)).to.equal(true);
  });

  it("goes on from what a witness knows, and from the start where a witness has begun anew", async () => {
    await append(2);
    await append(3);
    await community.head(4);
    await cosignedUpTo(4);
    // What the service knows of the witness is gone: the witness says where it stands.
    await test.database.client.cosignature.deleteMany({});
    await append(4);
    await community.head(5);
    const body = await cosignedUpTo(5);
    expect(body.quorum.cosigned).to.deep.equal(["a", "b"]);
  });

  it("keeps timestamps of checkpoints that verify offline", async () => {
    const { timestamps } = await eventually(async () => {
      const body = await witnesses();
      return body.timestamps.last?.size === body.size ? body : undefined;
    });
    expect(timestamps.authority).to.equal(authority.url);
    const { size } = timestamps.last;
    const { items } = await ok(test.client().get(`${community.path}/heads`));
    const { checkpoint } = (items as Body[]).find((head) => head.size === size)!;
    const response = await fetchLog(`timestamp?size=${size}`);
    expect(response.headers.get("Content-Type")).to.equal("application/timestamp-reply");
    const bytes = new Uint8Array(await response.arrayBuffer());
    const content = new TextEncoder().encode(checkpoint as string);
    const trusted = readCertificates(authority.authorities);
    const check = await verifyTimestamp(bytes, content, trusted);
    expect(check).to.deep.include({ status: "ok", authority: "Test timestamps" });
    const other = new TextEncoder().encode("other");
    expect((await verifyTimestamp(bytes, other, trusted)).status).to.equal("failed");
    const missing = test.client().get(`${community.path}/log/timestamp?size=99`);
    expect(await refused(missing, 404)).to.equal("CheckpointNotFound");
  });

  it("reads its settings before it starts, and says which is wrong", () => {
    fs.writeFileSync(file("bad"), "quorum nobody\n");
    fs.writeFileSync(file("empty.pem"), "");
    const refusalOf = (environment: Record<string, string>): string => {
      try {
        readOutside(readSettings(environment, []));
        return "none";
      } catch (error) {
        expect(error).to.be.instanceOf(SettingsInvalid);
        return (error as Error).message;
      }
    };
    expect(refusalOf({})).to.equal("none");
    expect(refusalOf({ WITNESSES: file("bad") })).to.match(/WITNESSES: .* line 1/);
    expect(refusalOf({ WITNESSES: file("missing") })).to.contain("WITNESSES");
    const url = "http://localhost:1";
    expect(refusalOf({ TIMESTAMP_URL: url })).to.contain("TIMESTAMP_CA");
    const TIMESTAMP_CA = file("empty.pem");
    expect(refusalOf({ TIMESTAMP_URL: url, TIMESTAMP_CA })).to.contain("no certificate");
  });
});
