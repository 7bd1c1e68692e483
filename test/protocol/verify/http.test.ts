import { expect } from "chai";
import { type Hex, numberToHex } from "viem";
import { RpcProver } from "../../../protocol/verify/block/rpcProver.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../protocol/verify/bundle/pack.ts";
import { HttpRecordSource } from "../../../protocol/verify/http.ts";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import { verifyRecord } from "../../../protocol/verify/record.ts";
import { RpcChainSource, requestOver } from "../../../protocol/verify/rpc.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import type { TestMeeting } from "./meeting.ts";
import { holdMeeting } from "./scenario.ts";
import { serve } from "./server.ts";

describe("verification over HTTP", () => {
  let meeting: TestMeeting;
  let server: Awaited<ReturnType<typeof serve>>;
  let sources: Sources;

  before(async () => {
    meeting = await holdMeeting();
    server = await serve(meeting.community);
    const api = `${server.url}/api`;
    const records = new HttpRecordSource({ api, community: "test" });
    sources = { records, chain: new RpcChainSource(`${api}/rpc`) };
  });

  after(() => server.close());

  it("comes to the same report as next to the data", async () => {
    const here = await verifyMeeting(meeting.community.sources, 1);
    const there = await verifyMeeting(sources, 1);
    expect(there.checks).to.deep.equal(here.checks);
    expect(there.verdict).to.equal("ok");
    expect((await verifyRecord(sources, 0)).verdict).to.equal("ok");
  });

  it("writes the same bundle, byte for byte", async () => {
    const pack = async (from: Parameters<typeof createBundle>[0]): Promise<Uint8Array> => {
      return packArchive(
        bundleFiles(await createBundle(from, { kind: "meeting", meeting: 1 }), kit),
      );
    };
    const kit = new Map([["README.txt", new TextEncoder().encode("how to use it")]]);
    const { community } = meeting;
    const here = await pack({ ...community.sources, prover: community.prover });
    const prover = new RpcProver(requestOver(`${server.url}/api/rpc`));
    expect(await pack({ ...sources, prover })).to.deep.equal(here);
  });

  it("is incomplete when the service is gone", async () => {
    const records = new HttpRecordSource({ api: "http://127.0.0.1:9/api", community: "test" });
    expect((await verifyMeeting({ ...sources, records }, 1)).verdict).to.equal("incomplete");
  });

  it("is incomplete when the service answers something else", async () => {
    const fetch = async () => new Response('{"chainId":"1"}');
    const records = new HttpRecordSource({ api: server.url, community: "test", fetch });
    expect((await verifyMeeting({ ...sources, records }, 1)).verdict).to.equal("incomplete");
  });

  it("reads events piece by piece from a node that gives few at once", async () => {
    let pieces = 0;
    const chain = new RpcChainSource(async ({ method, params }) => {
      if (method === "eth_blockNumber") return numberToHex(25_000);
      if (method !== "eth_getLogs") return meeting.community.request(method, ...params);
      const { fromBlock, toBlock } = params[0] as { fromBlock: Hex; toBlock: Hex };
      const blocks = Number(toBlock) - Number(fromBlock);
      if (blocks > 6_000) throw Object.assign(new Error("too many blocks"), { code: -32005 });
      pieces += 1;
      return meeting.community.request(method, ...params);
    });
    expect((await verifyMeeting({ ...sources, chain }, 1)).verdict).to.equal("ok");
    expect(pieces).to.be.above(5);
  });

  describe("with a node that lies", () => {
    type Lie = (result: never) => unknown;
    const nodeWith = (method: string, lie: Lie): RpcChainSource =>
      new RpcChainSource(async (ask) => {
        const result = await meeting.community.request(ask.method, ...ask.params);
        return ask.method === method ? lie(result as never) : result;
      });
    const lies: [string, string, Lie, string][] = [
      ["about the chain", "eth_chainId", () => numberToHex(1), "chainId"],
      [
        "about a block, as after a reorganisation",
        "eth_getBlockByNumber",
        (block: object) => ({ ...block, hash: `0x${"11".repeat(32)}` }),
        "chainConsistent",
      ],
      [
        "about the contracts",
        "eth_getCode",
        (code: string) => code.replace("6080", "6081"),
        "contractCode",
      ],
      [
        "about a transaction",
        "eth_getTransactionByHash",
        (transaction: object) => ({ ...transaction, from: `0x${"22".repeat(20)}` }),
        "batchSealed",
      ],
      [
        "by leaving events out",
        "eth_getLogs",
        (logs: object[]) => logs.filter((_, i) => i !== 3),
        "batchesComplete",
      ],
    ];
    for (const [name, method, lie, check] of lies) {
      it(`finds it: ${name}`, async () => {
        const report = await verifyMeeting({ ...sources, chain: nodeWith(method, lie) }, 1);
        expect(report.verdict).not.to.equal("ok");
        const found = report.checks.filter(({ status }) => status !== "ok").map((one) => one.name);
        expect(found).to.include(check);
      });
    }
  });
});
