import { expect } from "chai";
import fc from "fast-check";
import {
  type Abi,
  type AbiFunction,
  type AbiParameter,
  type Hex,
  bytesToHex,
  concat,
  decodeAbiParameters,
  decodeEventLog,
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  getAddress,
  hashTypedData,
  hexToBytes,
  toFunctionSelector,
} from "viem";
import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import * as ownAbi from "../../../web/verifier/abi.ts";
import * as calls from "../../../web/verifier/calls.ts";
import * as ownTyped from "../../../web/verifier/typed.ts";

// The stand-alone verifier has parts of its own in the place of libraries, for its size. Here they must
// answer what the libraries answer.

const attempt = <Value>(act: () => Value): Value | "refused" => {
  try {
    return act();
  } catch {
    return "refused";
  }
};

describe("the stand-alone verifier's reading of contracts", function () {
  this.timeout(60_000);

  describe("values of contracts", () => {
    const abi = [...assemblyAbi, ...registryAbi, ...anchorAbi];
    const lists = abi.flatMap((item) =>
      "inputs" in item && item.inputs.length > 0 ? [item.inputs as readonly AbiParameter[]] : [],
    );

    /** Any value of a type, as viem takes it. */
    function arbitrary(parameter: AbiParameter): fc.Arbitrary<unknown> {
      const [, type, length] = /^(.*?)\[(\d*)\]$/.exec(parameter.type) ?? [];
      if (type !== undefined) {
        const size = length
          ? { minLength: Number(length), maxLength: Number(length) }
          : { maxLength: 3 };
        return fc.array(arbitrary({ ...parameter, type }), size);
      }
      if (parameter.type === "tuple") {
        const { components } = parameter as { components: readonly AbiParameter[] };
        return fc.record(
          Object.fromEntries(components.map((part) => [part.name, arbitrary(part)])),
        );
      }
      const bits = Number(/^uint(\d+)$/.exec(parameter.type)?.[1] ?? 0);
      if (bits > 48) return fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
      if (bits > 0) return fc.integer({ min: 0, max: 2 ** bits - 1 });
      const bytes = Number(/^bytes(\d+)$/.exec(parameter.type)?.[1] ?? 0);
      const hexOf = (min: number, max: number) =>
        fc.uint8Array({ minLength: min, maxLength: max }).map((value) => bytesToHex(value));
      if (bytes > 0) return hexOf(bytes, bytes);
      const kinds: Record<string, fc.Arbitrary<unknown>> = {
        bool: fc.boolean(),
        string: fc.string({ unit: "grapheme", maxLength: 70 }),
        bytes: hexOf(0, 70),
        address: hexOf(20, 20).map((address) => getAddress(address)),
      };
      return kinds[parameter.type]!;
    }

    it("are coded and decoded as by viem, for every event, function and error of the contracts", () => {
      for (const inputs of lists) {
        fc.assert(
          fc.property(fc.tuple(...inputs.map(arbitrary)), (values) => {
            const encoded = encodeAbiParameters(inputs, values);
            expect(ownAbi.encodeAbiParameters(inputs, values)).to.equal(encoded);
            expect(ownAbi.decodeAbiParameters(inputs, encoded)).to.deep.equal(
              decodeAbiParameters(inputs, encoded),
            );
          }),
          { numRuns: 4 },
        );
      }
    });

    it("are found by their signatures, in events and calls, as by viem", () => {
      const contracts: readonly Abi[] = [assemblyAbi, registryAbi, anchorAbi];
      for (const contract of contracts) {
        for (const event of contract.filter((item) => item.type === "event")) {
          const names = { abi: contract, eventName: event.name };
          const [selector] = encodeEventTopics(names);
          expect(calls.encodeEventTopics(names)).to.deep.equal([selector]);
          const topicOf = (input: AbiParameter): Hex =>
            encodeAbiParameters([input], [fc.sample(arbitrary(input), { numRuns: 1, seed: 7 })[0]]);
          const indexed = event.inputs.filter((input) => input.indexed);
          const plain = event.inputs.filter((input) => !input.indexed);
          const values = plain.map(
            (input) => fc.sample(arbitrary(input), { numRuns: 1, seed: 3 })[0],
          );
          const data = encodeAbiParameters(plain, values);
          const topics = [selector, ...indexed.map(topicOf)] as [Hex, ...Hex[]];
          const log = { abi: contract, data, topics };
          expect(calls.decodeEventLog(log)).to.deep.equal(decodeEventLog(log));
          const short = { ...log, topics: topics.slice(0, 1) as [Hex] };
          expect(attempt(() => calls.decodeEventLog(short))).to.deep.equal(
            attempt(() => decodeEventLog(short)),
          );
        }
        for (const item of contract.filter(({ type }) => type === "function")) {
          const { inputs } = item as { inputs: readonly AbiParameter[] };
          const values = inputs.map(
            (input) => fc.sample(arbitrary(input), { numRuns: 1, seed: 5 })[0],
          );
          const data = concat([
            toFunctionSelector(item as AbiFunction),
            encodeAbiParameters(inputs, values),
          ]);
          const call = { abi: contract, data };
          expect(calls.decodeFunctionData(call)).to.deep.equal(decodeFunctionData(call));
        }
        const unknown = {
          abi: contract,
          data: "0x12345678",
          topics: [`0x${"12".repeat(32)}`],
        } as const;
        expect(attempt(() => calls.decodeFunctionData(unknown))).to.equal("refused");
        expect(
          attempt(() => calls.decodeEventLog({ ...unknown, topics: [...unknown.topics] })),
        ).to.equal("refused");
      }
    });

    it("are signed as by viem, nested and in lists", () => {
      const types = {
        Unit: [
          { name: "id", type: "string" },
          { name: "areas", type: "uint64[]" },
        ],
        Roll: [
          { name: "units", type: "Unit[]" },
          { name: "first", type: "Unit" },
          { name: "data", type: "bytes" },
          { name: "hash", type: "bytes32" },
          { name: "open", type: "bool" },
          { name: "texts", type: "string[]" },
          { name: "pair", type: "uint8[2]" },
        ],
      } as const;
      const unit = { id: "3-2-1501", areas: [1n, 2n ** 63n] };
      const message = {
        ...{ units: [unit, { id: "", areas: [] }], first: unit, data: "0x1234" as const },
        ...{
          hash: `0x${"ab".repeat(32)}` as const,
          open: true,
          texts: ["同意 for", ""],
          pair: [1, 2] as const,
        },
      };
      const contract = `0x${"5a".repeat(20)}` as const;
      for (const domain of [
        { name: "Mingzhang", version: "1", chainId: 31337, verifyingContract: contract },
        { name: "Mingzhang", version: "1", chainId: 31337 },
        {},
      ]) {
        const typed = { domain, types, primaryType: "Roll", message } as const;
        expect(ownTyped.hashTypedData(typed)).to.equal(hashTypedData(typed));
      }
    });

    it("are refused when they are cut off, and read as by viem when a byte was changed", () => {
      for (const inputs of lists) {
        fc.assert(
          fc.property(
            fc.tuple(...inputs.map(arbitrary)),
            fc.nat(),
            fc.nat(255),
            (values, at, byte) => {
              const encoded = hexToBytes(encodeAbiParameters(inputs, values));
              const changed = encoded.with(at % encoded.length, byte);
              const read = (decode: typeof decodeAbiParameters): unknown =>
                attempt(() => decode(inputs, changed));
              const [here, there] = [
                read(ownAbi.decodeAbiParameters as never),
                read(decodeAbiParameters),
              ];
              // What viem reads is read alike; what it refuses may be read as something else, or refused.
              if (there !== "refused") expect(here).to.deep.equal(there);
            },
          ),
          { numRuns: 4 },
        );
      }
    });
  });
});
