import { createPublicClient, http } from "viem";
import { toText } from "../unpacked.ts";

interface OpenApi {
  paths: Record<string, { get?: { description: string } }>;
}

/** Streams end with the service only; their notices hold numbers of what the other routes show. */
const STREAMS = ["/api/communities/{community}/events"];
/** The demonstration asks no authority for timestamps. */
const NOTHING_YET = ["/api/communities/{community}/log/timestamp"];
/** Records and documents are hundreds. */
const AT_ONCE = 12;
/** Every hash in a record may be that of a document. */
const HASH = /0x[0-9a-f]{64}/g;

/** Everything that anybody gets from a service without a login: each public GET route with every value that fits. */
export async function readPublicOutput(
  url: string,
  community: string,
): Promise<Map<string, string>> {
  const openapi = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
  const paths = Object.entries(openapi.paths)
    .filter(
      ([path, { get }]) => get?.description.includes("Who: public") && !STREAMS.includes(path),
    )
    .map(([path]) => path);
  const values = await findValues(`${url}/api/communities/${community}`, community);
  const output = new Map<string, string>();
  const missing: string[] = [];
  const read = async (address: string, query: string): Promise<void> => {
    const response = await fetch(url + address + query);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.ok) output.set(address, await toText(bytes, response.headers.get("Content-Type")));
  };
  for (const path of paths) {
    const addresses = expand(path, values);
    for (let at = 0; at < addresses.length; at += AT_ONCE) {
      const some = addresses.slice(at, at + AT_ONCE);
      await Promise.all(some.map((address) => read(address, queryOf(path))));
    }
    const isCovered = [...output.keys()].some((address) => toPattern(path).test(address));
    if (!isCovered && !NOTHING_YET.includes(path)) missing.push(path);
  }
  if (missing.length > 0) throw new Error(`nothing was got from ${missing.join(", ")}`);
  return output;
}

/** A tile's name has slashes in it. */
const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replace("{tile}", ".+").replace(/\{\w+\}/g, "[^/]+")}$`);

/** What two routes ask for besides. */
function queryOf(path: string): string {
  if (path.endsWith("/proof")) return "?size=5";
  return path.endsWith("/consistency") ? "?from=1&to=5" : "";
}

async function findValues(base: string, community: string): Promise<Record<string, string[]>> {
  const read = async (path: string): Promise<string> => (await fetch(base + path)).text();
  const records = JSON.parse(await read("/records?limit=1000")) as { items: { bytes: string }[] };
  const batches = await read("/meetings/1/batches");
  const logSize = (await read("/log/checkpoint")).split("\n")[1]!;
  return {
    community: [community],
    roll: ["1", "2", "3"],
    meeting: ["1", "2", "3"],
    index: records.items.map((_record, i) => String(i)),
    sha256: [...new Set(records.items.flatMap(({ bytes }) => bytes.match(HASH) ?? []))],
    tile: [`0/000.p/${logSize}`, `entries/000.p/${logSize}`],
    ...{ period: ["1"], format: ["csv", "hledger"] },
    ...{ number: ["1"], account: ["1"], flag: ["1"], id: ["1"] },
    project: ["1", "2", "3"],
    entry: ["1", ...records.items.flatMap(({ bytes }) => paidEntry(bytes))],
    leaf: [...new Set(batches.match(HASH) ?? [])],
  };
}

/** The entry of the first payment on chain. */
function paidEntry(bytes: string): string[] {
  const { type, source, number } = JSON.parse(bytes) as Record<string, unknown>;
  return type === "entry" && source === "payment 1" ? [String(number)] : [];
}

function expand(path: string, values: Record<string, string[]>): string[] {
  const name = /\{(\w+)\}/.exec(path)?.[1];
  if (name === undefined) return [path];
  const fitting = values[name];
  if (!fitting) throw new Error(`no values for ${name}`);
  return fitting.flatMap((value) => expand(path.replace(`{${name}}`, value), values));
}

/** Calldata of every transaction and data of every event, as hexadecimal digits. */
export async function readChainData(url: string): Promise<string> {
  const client = createPublicClient({ transport: http(`${url}/api/rpc`) });
  const newest = await client.getBlockNumber();
  const numbers = Array.from({ length: Number(newest) + 1 }, (_, i) => BigInt(i));
  const blocks = await Promise.all(
    numbers.map((blockNumber) => client.getBlock({ blockNumber, includeTransactions: true })),
  );
  const inputs = blocks.flatMap(({ transactions }) => transactions.map(({ input }) => input));
  const logs = await client.getLogs({ fromBlock: 0n, toBlock: newest });
  return [...inputs, ...logs.map(({ data, topics }) => data + topics.join(""))].join("\n");
}
