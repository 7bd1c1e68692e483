import type { Hex } from "viem";
import { checkContractCode, holdsAddress } from "../chain.ts";
import { eventsNamed } from "../events.ts";
import type { Checks } from "../report.ts";
import type { ChainLog } from "../source.ts";
import type { FundEvidence } from "./evidence.ts";

const CONTRACTS = ["registry", "anchor", "assembly", "fund"] as const;

/** Which contracts have another's address built in. */
const LINKS = [
  ["anchor", "registry"],
  ["assembly", "registry"],
  ["fund", "registry"],
  ["fund", "assembly"],
] as const;

/** The chain is the one that was named, and the four contracts run the published code and know each other. */
export function checkContracts(evidence: FundEvidence, checks: Checks): void {
  const { chainId, info, code } = evidence;
  if (chainId === undefined) checks.skip("chainId", "", "unreachable");
  else checks.equal({ name: "chainId", expected: info.chainId, found: chainId });
  for (const name of CONTRACTS) checkContractCode(name, code.get(info[name]), checks);
  const named = eventsNamed(evidence.registry, "AssemblySet").map(
    ({ args }) => args.assemblyAddress,
  );
  const found = named.map((address) => address.toLowerCase()).join(" ");
  const registry = { name: "contractsLinked", subject: "registry" } as const;
  if (named.length === 0) checks.skip(registry.name, registry.subject, "missing");
  else checks.equal({ ...registry, expected: info.assembly, found });
  for (const [from, to] of LINKS) {
    const own = code.get(info[from]);
    const subject = `${from} ${to}`;
    if (own === undefined) checks.skip("contractsLinked", subject, "missing");
    else {
      const linked = holdsAddress(from, own, info[to]);
      const comparison = { expected: info[to], found: linked ? info[to] : "" };
      checks.that(linked, { name: "contractsLinked", subject, ...comparison });
    }
  }
  checkConsistent(evidence, checks);
}

/** Every event decodes, and its block and transaction are those that it names. */
function checkConsistent(evidence: FundEvidence, checks: Checks): void {
  const agrees = ({ blockNumber, blockHash, transactionHash }: ChainLog): boolean => {
    const hashes: (Hex | undefined)[] = [
      evidence.blocks.get(blockNumber)?.hash,
      evidence.transactions.get(transactionHash)?.blockHash,
    ];
    return hashes.every(
      (hash) => hash === undefined || hash.toLowerCase() === blockHash.toLowerCase(),
    );
  };
  const wrong = evidence.fund.map(({ log }) => log).filter((log) => !agrees(log));
  const places = [...evidence.broken, ...wrong].map((log) => `${log.blockNumber}/${log.logIndex}`);
  checks.equal({ name: "chainConsistent", expected: "", found: places.slice(0, 10).join(" ") });
}
