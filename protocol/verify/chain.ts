import { type Hex, bytesToHex, hexToBytes, keccak256, pad, slice } from "viem";
import { runtimes } from "../abi/runtime.ts";
import { eventsNamed } from "./events.ts";
import type { Evidence } from "./evidence.ts";
import type { Checks } from "./report.ts";
import type { ChainLog } from "./source.ts";

type ContractName = keyof typeof runtimes;

const CONTRACTS: readonly ContractName[] = ["registry", "anchor", "assembly"];

function immutablesOf(name: ContractName): readonly (readonly number[])[] {
  return runtimes[name].immutables;
}

/** The hash of a contract's code with its immutable values set to zero. */
function hashCode(name: ContractName, code: Hex): Hex {
  const bytes = hexToBytes(code);
  for (const start of immutablesOf(name).flat()) bytes.fill(0, start, start + 32);
  return keccak256(bytesToHex(bytes));
}

/** Whether one of a contract's immutable values is this address, wherever the code uses it. */
export function holdsAddress(name: ContractName, code: Hex, address: Hex): boolean {
  const word = pad(address, { size: 32 }).toLowerCase();
  return immutablesOf(name).some((places) =>
    places.every((start) => slice(code, start, start + 32).toLowerCase() === word),
  );
}

/** A contract runs the published code. */
export function checkContractCode(name: ContractName, code: Hex | undefined, checks: Checks): void {
  if (code === undefined) checks.skip("contractCode", name, "missing");
  else {
    const found = hashCode(name, code);
    checks.equal({ name: "contractCode", subject: name, expected: runtimes[name].hash, found });
  }
}

function checkCode({ code, info }: Evidence, checks: Checks): void {
  for (const name of CONTRACTS) checkContractCode(name, code.get(info[name]), checks);
}

function checkLinks({ info, code, registry }: Evidence, checks: Checks): void {
  const named = eventsNamed(registry, "AssemblySet").map(({ args }) => args.assemblyAddress);
  const expected = info.assembly;
  const found = named.map((address) => address.toLowerCase()).join(" ");
  // A node that answers nothing has not contradicted anything.
  if (named.length === 0) checks.skip("contractsLinked", "registry", "missing");
  else checks.equal({ name: "contractsLinked", subject: "registry", expected, found });
  for (const name of ["anchor", "assembly"] as const) {
    const own = code.get(info[name]);
    if (own === undefined) checks.skip("contractsLinked", name, "missing");
    else {
      const linked = holdsAddress(name, own, info.registry);
      const comparison = { expected: info.registry, found: linked ? info.registry : "" };
      checks.that(linked, { name: "contractsLinked", subject: name, ...comparison });
    }
  }
}

/** Whether block and transaction, where they were read, agree with the log that names them. */
function agrees({ blocks, transactions }: Evidence, log: ChainLog): boolean {
  const hashes = [
    blocks.get(log.blockNumber)?.hash,
    transactions.get(log.transactionHash)?.blockHash,
  ];
  return hashes.every(
    (hash) => hash === undefined || hash.toLowerCase() === log.blockHash.toLowerCase(),
  );
}

/** A node that lies or was reorganised while it was read contradicts itself, or gives events that cannot be. */
function checkConsistent(evidence: Evidence, checks: Checks): void {
  const logs = [...evidence.registry, ...evidence.anchor, ...evidence.assembly].map(
    ({ log }) => log,
  );
  const wrong = [...evidence.broken, ...logs.filter((log) => !agrees(evidence, log))];
  const places = wrong.map((log) => `${log.blockNumber}/${log.logIndex}`);
  const comparison = { expected: "", found: places.slice(0, 10).join(" ") };
  checks.equal({ name: "chainConsistent", ...comparison });
}

/** The chain is the one that was named, its contracts run the published code and know each other. */
export function checkChain(evidence: Evidence, checks: Checks): void {
  const { chainId, info } = evidence;
  if (chainId === undefined) checks.skip("chainId", "", "unreachable");
  else checks.equal({ name: "chainId", expected: info.chainId, found: chainId });
  checkCode(evidence, checks);
  checkLinks(evidence, checks);
  checkConsistent(evidence, checks);
}
