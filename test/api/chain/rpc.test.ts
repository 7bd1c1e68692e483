import { expect } from "chai";
import { createPublicClient, custom, encodeFunctionData, keccak256 } from "viem";
import type { Address, Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { answerRpc } from "../../../api/chain/rpc.ts";
import { MAX_LOG_BLOCKS } from "../../../api/chain/rpc/methods.ts";
import type { Chain } from "../../../api/chain/service.ts";
import { Bench, COMMUNITY, contracts, eventually, toText } from "./harness.ts";

interface Reply {
  id?: unknown;
  result?: unknown;
  error?: { code: number; message: string; data?: Hex };
}

const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const INVALID_INPUT = -32000;
const REJECTED = -32003;
const LIMIT_EXCEEDED = -32005;
const REVERTED = 3;

describe("JSON-RPC endpoint", () => {
  const owner = privateKeyToAccount(`0x${"42".repeat(32)}`);
  let bench: Bench;
  let chain: Chain;
  let anchor: Address;

  before(async () => {
    bench = await Bench.create();
    chain = await bench.start();
    await bench.deploy(chain);
    await bench.note(chain, "a");
    await eventually(async () => (await bench.stateOf("a")) === "mined");
    anchor = (await chain.findContracts(bench.database.client, COMMUNITY))!.anchor;
  });
  after(() => bench.close());

  const ask = async (method: string, ...params: unknown[]): Promise<Reply> =>
    (await answerRpc(chain, { jsonrpc: "2.0", id: 1, method, params })) as Reply;
  const codeOf = async (method: string, ...params: unknown[]): Promise<number | undefined> =>
    (await ask(method, ...params)).error?.code;
  const encode = (functionName: string, ...args: unknown[]): Hex =>
    encodeFunctionData({ abi: contracts().anchor.abi, functionName, args });

  describe("reading", () => {
    it("serves an ordinary client", async () => {
      const client = createPublicClient({
        transport: custom({
          request: async ({ method, params }: { method: string; params?: unknown[] }) => {
            const { result, error } = await ask(method, ...(params ?? []));
            if (error) throw Object.assign(new Error(error.message), error);
            return result;
          },
        }),
      });
      const { abi } = contracts().anchor;
      const functionName = "times";
      const call = { address: anchor, abi, functionName, args: [toText("a")] };
      expect(await client.readContract(call)).to.equal(1n);
      expect(await client.getChainId()).to.equal(31337);
      const events = await client.getContractEvents({ address: anchor, abi, fromBlock: 0n });
      expect(events).to.have.length(1);
      const block = await client.getBlock({ includeTransactions: true });
      const hash = block.transactions[0]!.hash;
      expect((await client.getTransactionReceipt({ hash })).status).to.equal("success");
      expect(await client.getCode({ address: anchor })).to.match(/^0x60/);
      const proof = await client.getProof({ address: anchor, storageKeys: [toText("x")] });
      expect(proof.accountProof).to.not.be.empty;
      expect(await client.getBalance({ address: anchor, blockTag: "pending" })).to.equal(0n);
    });

    it("answers a revert with its data", async () => {
      const call = { to: anchor, data: encode("noteAfter", toText("x"), 77n) };
      const { error } = await ask("eth_call", call, "latest");
      expect(error?.code).to.equal(REVERTED);
      expect(error?.data).to.match(/^0x[0-9a-f]{8}/);
    });

    it("offers nothing that changes the chain or tells about the node", async () => {
      const methods =
        "evm_mine evm_revert hardhat_setBalance hardhat_reset eth_sendTransaction eth_accounts eth_sign debug_traceTransaction eth_newFilter hardhat_metadata toString constructor";
      for (const method of methods.split(" "))
        expect(await codeOf(method), method).to.equal(METHOD_NOT_FOUND);
    });

    it("limits what one request may cost", async () => {
      const toBlock = `0x${MAX_LOG_BLOCKS.toString(16)}`;
      expect(await codeOf("eth_getLogs", { fromBlock: "0x0", toBlock })).to.equal(LIMIT_EXCEEDED);
      const burn = { to: anchor, data: encode("burn", 0n, 10_000n), gas: "0xffffffffff" };
      expect(await codeOf("eth_call", burn, "latest")).to.not.equal(undefined);
      const batch = Array.from({ length: 51 }, () => ({}));
      expect(await answerRpc(chain, batch)).to.have.nested.property("error.code", INVALID_REQUEST);
    });

    it("refuses malformed requests and parameters", async () => {
      for (const body of [null, 1, "x", {}, [], { jsonrpc: "2.0", method: 1, id: 1 }]) {
        const reply = await answerRpc(chain, body);
        expect(reply).to.have.nested.property("error.code", INVALID_REQUEST);
      }
      const cases: [string, ...unknown[]][] = [
        ["eth_getBlockByNumber", "newest", false],
        ["eth_getBlockByNumber", "0x1", "yes"],
        ["eth_getBlockByHash", "0x12", false],
        ["eth_getCode", "0x12", "latest"],
        ["eth_call", { to: anchor, data: "zz" }, "latest"],
        ["eth_call", {}, "latest"],
        ["eth_call", { to: anchor }, "latest", { [anchor]: { code: "0x" } }],
        ["eth_getLogs", { topics: "0x" }],
        ["eth_getProof", anchor, Array.from({ length: 101 }, () => "0x0"), "latest"],
        ["eth_sendRawTransaction", 5],
      ];
      for (const [method, ...params] of cases)
        expect(await codeOf(method, ...params), JSON.stringify([method, ...params])).to.equal(
          INVALID_PARAMS,
        );
    });

    it("answers each request of a batch, and nothing to a notification", async () => {
      const one = (id: number | undefined, method: string) => ({ jsonrpc: "2.0", id, method });
      const replies = (await answerRpc(chain, [
        one(7, "eth_chainId"),
        one(undefined, "eth_chainId"),
        one(8, "no"),
      ])) as Reply[];
      expect(replies.map(({ id }) => id)).to.deep.equal([7, 8]);
      expect(replies[1]).to.have.nested.property("error.code", METHOD_NOT_FOUND);
      expect(await answerRpc(chain, one(undefined, "eth_chainId"))).to.equal(undefined);
    });
  });

  describe("a transaction from outside", () => {
    const sign = (change: Record<string, unknown> = {}): Promise<Hex> =>
      owner.signTransaction({
        type: "eip1559",
        chainId: 31337,
        nonce: 0,
        to: anchor,
        data: encode("note", toText("own")),
        gas: 300_000n,
        maxFeePerGas: 0n,
        maxPriorityFeePerGas: 0n,
        ...change,
      });
    const send = async (change?: Record<string, unknown>): Promise<Reply> =>
      ask("eth_sendRawTransaction", await sign(change));

    it("is refused before it costs anything when it cannot succeed", async () => {
      const refused: [Record<string, unknown>, number][] = [
        [{ data: encode("noteAfter", toText("x"), 77n) }, REVERTED],
        [{ nonce: 1 }, INVALID_INPUT],
        [{ maxFeePerGas: 1n }, INVALID_INPUT],
        [{ chainId: 1 }, REJECTED],
        [{ gas: 16_777_217n }, REJECTED],
        [{ gas: 21_000n }, INVALID_INPUT],
        [{ to: owner.address }, REJECTED],
        [{ to: undefined }, REJECTED],
        [{ value: 1n }, REJECTED],
        [{ data: `0x${"00".repeat(128 * 1024)}` }, REJECTED],
      ];
      for (const [change, code] of refused)
        expect((await send(change)).error?.code, Object.keys(change).join()).to.equal(code);
      expect(await codeOf("eth_sendRawTransaction", "0xc0")).to.equal(REJECTED);
      const waiting = { where: { relayer: null } };
      expect(await bench.database.client.chainTransaction.count(waiting)).to.equal(0);
    });

    it("is journaled, mined with the others, and there again after a restart", async () => {
      const raw = await sign();
      await bench.note(chain, "with");
      expect(await ask("eth_sendRawTransaction", raw)).to.include({ result: keccak256(raw) });
      expect(await ask("eth_sendRawTransaction", raw)).to.include({ result: keccak256(raw) });
      const receipt = await chain.client.waitForTransactionReceipt({ hash: keccak256(raw) });
      expect(receipt.status).to.equal("success");
      await eventually(async () => (await bench.stateOf("with")) === "mined");
      expect(await codeOf("eth_sendRawTransaction", await sign({ data: "0x01" }))).to.not.equal(
        undefined,
      );
      await bench.stop(chain);
      chain = await bench.start();
      expect(await bench.timesOf(chain, "own")).to.equal(1);
    });

    it("follows the one before it of the same sender", async () => {
      const [second, third] = [1, 2].map((nonce) =>
        sign({ nonce, data: encode("note", toText(`own ${nonce}`)) }),
      );
      for (const raw of [await second!, await third!])
        expect((await ask("eth_sendRawTransaction", raw)).error).to.equal(undefined);
      await eventually(async () => (await bench.timesOf(chain, "own 2")) === 1);
      expect(await bench.timesOf(chain, "own 1")).to.equal(1);
    });

    it("takes its chance in a block with calls that change what it needs, and holds up nobody", async () => {
      await bench.stop(chain);
      chain = await bench.open();
      const count = await chain.client.readContract({
        address: anchor,
        abi: contracts().anchor.abi,
        functionName: "count",
      });
      const data = encode("noteAfter", toText("late"), count);
      const raw = await sign({ nonce: 3, data });
      expect((await ask("eth_sendRawTransaction", raw)).error).to.equal(undefined);
      await bench.note(chain, "before");
      chain.start();
      await eventually(async () => (await bench.stateOf("before")) === "mined");
      const find = () =>
        bench.database.client.chainTransaction.findUniqueOrThrow({
          where: { hash: keccak256(raw) },
        });
      // Tried before the block, on chain in it after the call that it did not expect.
      await eventually(async () => (await find()).state === "mined");
      expect((await find()).succeeded).to.equal(false);
      await bench.note(chain, "next");
      await eventually(async () => (await bench.stateOf("next")) === "mined");
    });
  });
});
