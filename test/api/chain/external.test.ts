import { expect } from "chai";
import { encodeFunctionData } from "viem";
import type { ChainRefusal } from "../../../api/chain/failure.ts";
import type { Chain, ChainSettings } from "../../../api/chain/service.ts";
import { Bench, COMMUNITY, contracts, eventually, toText } from "./harness.ts";
import { ask, FUNDED_KEY, hasAnvil, LyingProxy, startAnvil, startHardhatNode } from "./nodes.ts";
import type { Answer, TestNode } from "./nodes.ts";

for (const [name, startNode] of Object.entries({
  "hardhat node": startHardhatNode,
  ...(hasAnvil ? { anvil: startAnvil } : {}),
})) {
  describe(`external chain: ${name}`, () => {
    let node: TestNode;
    let proxy: LyingProxy;
    let bench: Bench;
    let settings: Partial<ChainSettings>;
    let handled: string[];

    before(async function () {
      this.timeout(40_000);
      node = await startNode();
    });
    after(() => node.stop());
    beforeEach(async () => {
      bench = await Bench.create();
      bench.clock.seconds = Math.floor(Date.now() / 1000);
      proxy = new LyingProxy(node.url);
      settings = { rpcUrl: await proxy.listen(), relayerKey: FUNDED_KEY };
      handled = [];
    });
    afterEach(async () => {
      proxy.lie = (_question, honest) => honest();
      await bench.close();
      await proxy.close();
    });

    async function start(more: Partial<ChainSettings> = {}): Promise<Chain> {
      const chain = await bench.open({ ...settings, ...more });
      chain.onMined("note", async (_tx, call) => void handled.push(call.ref));
      chain.start();
      return chain;
    }
    const becomes = (ref: string, state: string): Promise<unknown> =>
      eventually(async () => (await bench.stateOf(ref)) === state);
    const transactions = () => bench.database.client.chainTransaction.findMany();
    const transactionOf = (ref: string) =>
      bench.database.client.chainTransaction.findFirstOrThrow({ where: { call: { ref } } });
    const incidents = async (): Promise<string[]> =>
      (await bench.database.client.chainIncident.findMany()).map(({ code }) => code);
    const refusal = (): Promise<ChainRefusal> =>
      bench.open(settings).then(
        () => expect.fail("the chain was opened"),
        (error: ChainRefusal) => error,
      );
    const isReceiptOf = (hash: string) => (method: string, params: unknown[]) =>
      method === "eth_getTransactionReceipt" && params[0] === hash;

    it("deploys, sends in order, runs handlers once and names what the contract refuses", async () => {
      const chain = await start();
      await bench.deploy(chain);
      await bench.note(chain, "a", "b", "c");
      const refused = { functionName: "noteAfter", args: [toText("no"), 9n], ref: "no" };
      await bench.enqueue(chain, refused);
      await becomes("no", "failed");
      expect(handled).to.deep.equal(["a", "b", "c"]);
      expect(await bench.timesOf(chain, "b")).to.equal(1);
      const row = await bench.database.client.chainCall.findFirst({ where: { ref: "no" } });
      expect(row?.failure).to.have.property("code", "AnchorRefused");
      expect(await chain.status()).to.include({ kind: "external", chainId: 31337, failing: false });
    });

    it("waits for its node and loses nothing", async () => {
      const chain = await start();
      await bench.deploy(chain);
      proxy.lie = () => undefined;
      await bench.note(chain, "a");
      await eventually(async () => (await chain.status()).failing);
      proxy.lie = (_question, honest) => honest();
      await becomes("a", "mined");
      expect(handled).to.deep.equal(["a"]);
      await eventually(async () => !(await chain.status()).failing);
    });

    it("sends what was journaled and not sent before the service died, and nothing else", async () => {
      const first = await start();
      await bench.deploy(first);
      proxy.lie = ({ method }, honest) =>
        method === "eth_sendRawTransaction" ? undefined : honest();
      await bench.note(first, "a");
      await becomes("a", "sent");
      await bench.stop(first);
      const journaled = await transactions();
      proxy.lie = (_question, honest) => honest();
      const second = await start();
      await becomes("a", "mined");
      expect((await transactions()).map(({ hash }) => hash)).to.have.members(
        journaled.map(({ hash }) => hash),
      );
      expect(await bench.timesOf(second, "a")).to.equal(1);
      expect(handled).to.deep.equal(["a"]);
    });

    it("does not send again what arrived although the answer was lost", async () => {
      const chain = await start();
      await bench.deploy(chain);
      proxy.lie = async ({ method }, honest) => {
        const answer = await honest();
        return method === "eth_sendRawTransaction" ? undefined : answer;
      };
      await bench.note(chain, "a", "b");
      await becomes("b", "mined");
      expect(handled).to.deep.equal(["a", "b"]);
      expect(await bench.timesOf(chain, "a")).to.equal(1);
    });

    it("waits for the confirmations that were asked for", async () => {
      const chain = await start({ confirmations: 3 });
      await ask(node.url, "evm_mine");
      const deployed = bench.deploy(chain);
      let done = false;
      void deployed.then(() => (done = true));
      while (!done) {
        await ask(node.url, "evm_mine");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await bench.note(chain, "a");
      await becomes("a", "sent");
      await eventually(async () => (await bench.timesOf(chain, "a")) === 1);
      expect(handled).to.deep.equal([]);
      await ask(node.url, "evm_mine");
      await ask(node.url, "evm_mine");
      await becomes("a", "mined");
    });

    it("does nothing a second time while the node hides what was mined", async () => {
      const chain = await start();
      await bench.deploy(chain);
      const count = (await transactions()).length;
      proxy.lie = ({ method }, honest) =>
        method === "eth_getTransactionReceipt" ? { result: null } : honest();
      await bench.note(chain, "a");
      await becomes("a", "sent");
      await eventually(async () => (await bench.timesOf(chain, "a")) === 1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(handled).to.deep.equal([]);
      expect(await transactions()).to.have.length(count + 1);
      proxy.lie = (_question, honest) => honest();
      await becomes("a", "mined");
      expect(await bench.timesOf(chain, "a")).to.equal(1);
    });

    it("believes no receipt that the named block does not bear out, and names the contradiction", async () => {
      const chain = await start();
      await bench.deploy(chain);
      proxy.lie = async ({ method }, honest) => {
        const answer = await honest();
        if (method !== "eth_getTransactionReceipt" || !answer.result) return answer;
        return { result: { ...answer.result, blockHash: `0x${"66".repeat(32)}` } };
      };
      await bench.note(chain, "a");
      await eventually(async () => (await incidents()).includes("ChainNodeContradicts"));
      expect(handled).to.deep.equal([]);
      proxy.lie = (_question, honest) => honest();
      await becomes("a", "mined");
      expect(handled).to.deep.equal(["a"]);
    });

    it("names a block that was replaced, sends the lost transaction again, and runs no handler twice", async () => {
      const chain = await start();
      await bench.deploy(chain);
      const snapshot = await ask(node.url, "evm_snapshot");
      await bench.note(chain, "a");
      await becomes("a", "mined");
      const before = await transactionOf("a");
      await ask(node.url, "evm_revert", [snapshot]);
      await ask(node.url, "evm_mine");
      await ask(node.url, "evm_mine");
      await eventually(async () => {
        const now = await transactionOf("a");
        return now.state === "mined" && now.blockHash !== before.blockHash;
      });
      await becomes("a", "mined");
      expect(await incidents()).to.include("ChainReorganised");
      expect(await bench.timesOf(chain, "a")).to.equal(1);
      expect(handled).to.deep.equal(["a"]);
      const sameCall = (await transactions()).filter(({ callId }) => callId === before.callId);
      expect(sameCall.map(({ hash }) => hash)).to.deep.equal([before.hash]);
    });

    it("says loudly what a replaced block undid for good", async () => {
      const chain = await start();
      const failed: string[] = [];
      chain.onFailed("note", async (_tx, { ref }) => void failed.push(ref));
      await bench.deploy(chain);
      const snapshot = await ask(node.url, "evm_snapshot");
      const args = [toText("alone"), 0n];
      await bench.enqueue(chain, { functionName: "noteAfter", args, ref: "alone" });
      await becomes("alone", "mined");
      proxy.lie = ({ method }, honest) =>
        method === "eth_sendRawTransaction" ? undefined : honest();
      await ask(node.url, "evm_revert", [snapshot]);
      const { anchor: to } = (await chain.findContracts(bench.database.client, COMMUNITY))!;
      const [, from] = (await ask(node.url, "eth_accounts")) as string[];
      const { abi } = contracts().anchor;
      const data = encodeFunctionData({ abi, functionName: "note", args: [toText("other")] });
      await ask(node.url, "eth_sendTransaction", [{ from, to, data }]);
      proxy.lie = (_question, honest) => honest();
      await becomes("alone", "failed");
      await eventually(async () => (await incidents()).includes("ChainEffectLost"));
      expect((await chain.status()).incidents[0]?.params).to.include({ ref: "alone" });
      expect([handled, failed]).to.deep.equal([["alone"], []]);
    });

    it("recovers from a node that shows another block for a while", async () => {
      const chain = await start();
      await bench.deploy(chain);
      await bench.note(chain, "a");
      await becomes("a", "mined");
      const { blockNumber, hash } = await transactionOf("a");
      proxy.lie = async ({ method, params }, honest): Promise<Answer> => {
        const answer = await honest();
        const isBlock =
          method === "eth_getBlockByNumber" && params[0] === `0x${blockNumber!.toString(16)}`;
        if (isBlock)
          return { result: { ...(answer.result as object), hash: `0x${"77".repeat(32)}` } };
        return isReceiptOf(hash)(method, params) ? { result: null } : answer;
      };
      await ask(node.url, "evm_mine");
      await becomes("a", "sent");
      expect(await incidents()).to.include("ChainReorganised");
      proxy.lie = (_question, honest) => honest();
      await becomes("a", "mined");
      expect(handled).to.deep.equal(["a"]);
      expect(await bench.timesOf(chain, "a")).to.equal(1);
    });

    it("refuses to start on a database that is older than the chain", async () => {
      const chain = await start();
      await bench.deploy(chain);
      await bench.note(chain, "a");
      await becomes("a", "mined");
      await bench.stop(chain);
      // What a backup from before the note would hold.
      const { client } = bench.database;
      const last = await transactionOf("a");
      await client.chainTransaction.delete({ where: { id: last.id } });
      await client.chainCall.delete({ where: { id: last.callId! } });
      const { code, params } = await refusal();
      expect(code).to.equal("ChainAheadOfDatabase");
      expect(Number(params["chain"]) - Number(params["journal"])).to.equal(1);
    });

    it("stops sending when somebody else uses its key", async () => {
      const chain = await start();
      await bench.deploy(chain);
      const relayer = chain.relayer;
      await ask(node.url, "eth_sendTransaction", [{ from: relayer, to: relayer }]);
      await bench.note(chain, "a");
      await eventually(async () => (await chain.status()).refusal);
      expect((await chain.status()).refusal?.code).to.equal("ChainAheadOfDatabase");
      expect(await bench.stateOf("a")).to.equal("waiting");
    });

    it("refuses the database of an embedded chain", async () => {
      await bench.stop(await bench.open());
      expect((await refusal()).code).to.equal("ChainChanged");
    });

    it("waits for its fees", async () => {
      const relayerKey = `0x${crypto.randomUUID().replaceAll("-", "").repeat(2)}` as const;
      const chain = await start({ relayerKey });
      const deployed = bench.deploy(chain);
      await eventually(async () => (await transactions()).length === 1);
      const setBalance = name === "anvil" ? "anvil_setBalance" : "hardhat_setBalance";
      await ask(node.url, setBalance, [chain.relayer, "0xde0b6b3a7640000"]);
      await bench.stop(chain);
      const again = await start({ relayerKey });
      await bench.deploy(again);
      await deployed;
      expect(await transactions()).to.have.length(5);
    });
  });
}
