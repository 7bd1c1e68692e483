import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { FsckReport } from "../../api/fsck/report.ts";
import { parseReceipt, receiptBytes } from "../../protocol/assembly/receipt.ts";
import type { Receipt } from "../../protocol/assembly/receipt.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { verifyReceipt } from "../../protocol/verify/receipt.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import { ServiceCommunity } from "../../scripts/bench/serviceCommunity.ts";
import type { Seat } from "../../scripts/bench/serviceCommunity.ts";
import { ServiceFailure } from "../../scripts/bench/servicePort.ts";
import { ServiceProcess } from "../../scripts/bench/serviceProcess.ts";
import { FUNDED_KEY, startHardhatNode } from "../api/chain/nodes.ts";
import type { TestNode } from "../api/chain/nodes.ts";
import { draftOf, inSeconds } from "./draft.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../../scripts/mingzhang.mjs");
const LEAD_SECONDS = 36;
const WINDOW_SECONDS = 600;
const SIZE = {
  ...{ voters: 6, totalAreaE4: 6_541_500n, buildings: 1 },
  ...{ largestOwnerUnits: 2, unsoldUnits: 1, ownersOfTwo: 0 },
};

/** A service whose whole data directory is kept aside and put back. */
class RestoredService {
  readonly #scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-backup-"));
  readonly #environment: Record<string, string>;
  #process: ServiceProcess | undefined;
  url = "";

  constructor(environment: Record<string, string> = {}) {
    this.#environment = environment;
  }

  get #data(): string {
    return path.join(this.#scratch, "data");
  }

  get #backup(): string {
    return path.join(this.#scratch, "backup");
  }

  launch(): ServiceProcess {
    const environment = this.#environment;
    const settings = { dataDirectory: this.#data, args: ["--empty"], environment };
    this.#process = new ServiceProcess(settings);
    return this.#process;
  }

  async start(): Promise<ServiceCommunity> {
    const program = this.launch();
    this.url = await program.ready();
    const operatorToken = program.findOperatorToken() ?? "";
    return new ServiceCommunity(() => this.url, { operatorToken, size: SIZE });
  }

  async stop(): Promise<void> {
    await this.#process?.end("SIGTERM");
  }

  /** While it is stopped. */
  keep(): void {
    // Owners of files are kept too: the database belongs to a user of its own where the service runs as root.
    execFileSync("cp", ["-a", this.#data, this.#backup]);
  }

  /** What `mingzhang fsck` says of the backup, as whoever keeps it would ask. */
  inspectBackup(): FsckReport {
    const args = [PROGRAM, "fsck", "--data", this.#backup, "--json"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stdout, stderr).not.to.equal("");
    return JSON.parse(stdout) as FsckReport;
  }

  /** Places in files of the backup: where a text stands in it, or the middle of a file of that name. */
  findInBackup(folder: string, pattern: RegExp): Spot[] {
    const directory = path.join(this.#backup, folder);
    const names = fs.readdirSync(directory, { recursive: true, encoding: "utf8" });
    const files = names.map((name) => path.join(directory, name));
    return files.flatMap((file) => {
      if (!fs.statSync(file).isFile()) return [];
      const text = fs.readFileSync(file, "latin1");
      if (pattern.test(file)) return [{ file, offset: text.length >> 1 }];
      const offset = text.search(pattern);
      return offset < 0 ? [] : [{ file, offset }];
    });
  }

  /** The same with one byte of the backup changed, and changed back. */
  inspectChanged({ file, offset }: Spot): FsckReport {
    const before = fs.readFileSync(file);
    const changed = Buffer.from(before);
    changed[offset]! ^= 1;
    fs.writeFileSync(file, changed);
    const report = this.inspectBackup();
    fs.writeFileSync(file, before);
    return report;
  }

  restore(): void {
    fs.rmSync(this.#data, { recursive: true });
    fs.renameSync(this.#backup, this.#data);
  }

  async close(): Promise<void> {
    await this.stop();
    fs.rmSync(this.#scratch, { recursive: true, force: true });
  }
}

/** A byte of a file. */
interface Spot {
  file: string;
  offset: number;
}

const named = ({ findings }: FsckReport): string[] => [
  ...new Set(findings.map(({ kind, table }) => `${kind} ${table}`)),
];

interface BallotView {
  state: string;
  receipt: Receipt | null;
}

describe("an older backup, restored,", function () {
  this.timeout(240_000);

  describe("with the embedded chain", () => {
    const service = new RestoredService();
    let community: ServiceCommunity;
    let seats: Seat[];
    const receipts: Uint8Array[] = [];

    /** Votes and waits for the receipt. */
    const vote = async (seat: Seat): Promise<Uint8Array> => {
      const { leaf } = await community.cast(1, await community.sign(1, seat, ["for", "against"]));
      return community.eventually(async () => {
        const { receipt } = await community.ballot<BallotView>(1, leaf, seat);
        return receipt !== null && receiptBytes(receipt);
      });
    };
    /** Checks that did not come out well, with the reason where they could not be made. */
    const troubles = async (receipt: Uint8Array): Promise<string[]> => {
      const api = `${service.url}/api`;
      const records = new HttpRecordSource({ api, community: community.id });
      const chain = new RpcChainSource(`${api}/rpc`);
      const report = await verifyReceipt({ records, chain }, receipt);
      return report.checks
        .filter(({ status, detail }) => status !== "ok" && detail !== "notYet")
        .map(({ name, detail }) => `${name}: ${detail ?? ""}`);
    };

    before(async () => {
      community = await service.start();
      await community.found();
      const opensAt = inSeconds(LEAD_SECONDS);
      const closesAt = new Date(opensAt.getTime() + WINDOW_SECONDS * 1000);
      await community.convene(draftOf({ roll: 1, opensAt, closesAt }));
      seats = await community.enrolAll();
      await delay(opensAt.getTime() - Date.now() + 200);
      receipts.push(await vote(seats[0]!));
      await service.stop();
      service.keep();
      await service.start();
      receipts.push(await vote(seats[1]!));
      expect(await troubles(receipts[1]!)).to.deep.equal([]);
      await service.stop();
      service.restore();
      await service.start();
      // Who signed in since is unknown to the database as it was.
      community.forgetLogins();
    });
    after(() => service.close());

    it("is a consistent service as of then", async () => {
      const { stage, participation } = await community.view(1);
      expect({ stage, heads: participation.heads }).to.deep.equal({ stage: "voting", heads: 1 });
      expect(await troubles(receipts[0]!)).to.deep.equal([]);
    });

    it("shows who voted since that his ballot is not on this chain", async () => {
      expect(await troubles(receipts[1]!)).to.include("receiptSealed: missing");
      const { leaf } = parseReceipt(receipts[1]!);
      const failure = await community.ballot(1, leaf).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(ServiceFailure).with.property("code", "BallotNotFound");
    });

    it("takes and seals his vote again", async () => {
      expect(await troubles(await vote(seats[1]!))).to.deep.equal([]);
    });

    it("is inspected before it is needed: a changed byte in it is found and named", async () => {
      await service.stop();
      service.keep();
      const { findings, verdict } = service.inspectBackup();
      expect(findings).to.deep.equal([]);
      expect(verdict).to.equal("ok");
      const [file] = service.findInBackup("files", /^/);
      const [page] = service.findInBackup("postgres/base", /"type":"roll"/);
      const [key] = service.findInBackup("keys", /identity$/);
      expect(named(service.inspectChanged(file!))).to.deep.equal(["differs files"]);
      expect(named(service.inspectChanged(page!))).to.include("unreadable Record");
      expect(named(service.inspectChanged(key!))).to.include("differs Setting");
    });
  });

  describe("with an external node", () => {
    let node: TestNode;
    let service: RestoredService;

    before(async () => {
      node = await startHardhatNode();
      service = new RestoredService({ CHAIN_RPC_URL: node.url, CHAIN_RELAYER_KEY: FUNDED_KEY });
      const community = await service.start();
      await community.found();
      await service.stop();
      service.keep();
      await service.start();
      await community.freezeRoll();
      await service.stop();
      service.restore();
    });
    after(async () => {
      await service.close();
      await node.stop();
    });

    it("refuses to start, because the chain holds what the database does not know", async () => {
      const program = service.launch();
      expect(await program.wait()).to.equal(1);
      expect(program.output).to.contain("older than the chain");
    });
  });
});
