import { type Hex, hashTypedData } from "viem";
import { registryAbi } from "../abi/registry.ts";
import { decodeLines } from "../anchor/lines.ts";
import type { RecordOf } from "../anchor/record.ts";
import { fromAreaE4, sumAreaE4 } from "../registry/area.ts";
import { rollTypedData } from "../registry/messages.ts";
import { AREA_PAGE_BYTES, areasHash, cloneArgs, decodeAreaPages } from "../registry/pages.ts";
import { buildingsHash } from "../registry/roll.ts";
import type { PublishedLine } from "../registry/lines.ts";
import { treeRoot } from "../registry/tree.ts";
import { type RegistryEvent, compareLogs, eventsNamed, readCall } from "./events.ts";
import { type Evidence, documentOf, recordsOf, rollOf } from "./evidence.ts";
import { findAttestationFault } from "./officers.ts";
import { findPublished } from "./published.ts";
import type { Checks } from "./report.ts";

type Frozen = Extract<RegistryEvent, { eventName: "RollFrozen" }>;

/** A roll as the chain froze it; `areasE4` by voter number, where the pages hold what was signed. */
export type RollFacts = {
  roll: bigint;
  voters: number;
  totalAreaE4: bigint;
  areasE4: bigint[] | undefined;
};

function toBuildings({ args }: Frozen) {
  return args.buildings.map(({ name, heads, area }) => ({ building: name, heads, areaE4: area }));
}

async function checkAttested(evidence: Evidence, frozen: Frozen, checks: Checks): Promise<boolean> {
  const { registry, chainId } = evidence.info;
  const { transactions } = evidence;
  const call = readCall(registryAbi, frozen.log, { names: ["freezeRoll"], transactions });
  if (!call.functionName) {
    checks.faultless("rollAttested", "", call.fault);
    return call.fault !== "malformed";
  }
  const { roll, terms } = frozen.args;
  const message = { roll, ...terms, buildings: buildingsHash(toBuildings(frozen)) };
  const digest = hashTypedData(rollTypedData({ chainId, contract: registry }, message));
  const act = { digest, roles: ["registrar", "committee"], attestations: call.args[3] } as const;
  const fault = await findAttestationFault(evidence, { ...act, log: frozen.log });
  checks.faultless("rollAttested", "", fault);
  return fault === undefined || fault === "unknownVerifier";
}

/** The area pages of a roll: those stored ahead, of each page the last one before the freeze, then the last page. */
function areaStores(evidence: Evidence, frozen: Frozen): Hex[] {
  const ahead = new Map<bigint, Hex>();
  for (const { args, log } of eventsNamed(evidence.registry, "AreasStored")) {
    const before = compareLogs(log, frozen.log) < 0;
    if (args.roll === frozen.args.roll && before) ahead.set(args.page, args.store);
  }
  const { areaBytes, voters } = frozen.args.terms;
  const full = Math.floor((voters * areaBytes - 1) / AREA_PAGE_BYTES);
  const stores = Array.from({ length: full }, (_, page) => ahead.get(BigInt(page)) ?? "0x");
  return [...stores, frozen.args.store];
}

function checkAreas(evidence: Evidence, frozen: Frozen, checks: Checks): bigint[] | undefined {
  const code = areaStores(evidence, frozen).map((store) =>
    evidence.code.get(store.toLowerCase() as Hex),
  );
  if (!code.every((page) => page !== undefined)) {
    checks.skip("areaPages", "", "missing");
    return undefined;
  }
  const { areaBytes, voters, totalArea, areas: signed } = frozen.args.terms;
  const expected = { voters, totalArea, areas: signed };
  try {
    const areas = decodeAreaPages(code.map(cloneArgs), areaBytes);
    const sum = areas.reduce((total, area) => total + area, 0n);
    const found = { voters: areas.length, totalArea: sum, areas: areasHash(areas, areaBytes) };
    return checks.equal({ name: "areaPages", expected, found }) ? areas : undefined;
  } catch {
    checks.that(false, { name: "areaPages", expected, found: undefined, detail: "malformed" });
    return undefined;
  }
}

/** What a roll's record says, in the words of the chain. */
function fromRecord(record: RecordOf<"roll">) {
  const { roll, voters, totalArea, linesRoot, areas } = record;
  const buildings = record.buildings.map(({ building, heads, area }) => ({
    building,
    heads,
    area,
  }));
  return { roll, voters, totalArea, linesRoot, areas, buildings };
}

function fromChain(frozen: Frozen): ReturnType<typeof fromRecord> {
  const { voters, totalArea, linesRoot, areas } = frozen.args.terms;
  return {
    roll: Number(frozen.args.roll),
    voters,
    totalArea: fromAreaE4(totalArea),
    linesRoot,
    areas,
    buildings: toBuildings(frozen).map(({ building, heads, areaE4 }) => {
      return { building, heads, area: fromAreaE4(areaE4) };
    }),
  };
}

/** Units and area per building, as the published lines add up, in the order of the roll's record. */
function sumLines(lines: readonly PublishedLine[], buildings: readonly string[]) {
  const others = lines.filter(({ building }) => !buildings.includes(building));
  return {
    linesRoot: lines.length === 0 ? "" : treeRoot(lines.map(({ leaf }) => leaf)),
    units: new Set(lines.map(({ unit }) => unit)).size,
    others: others.length,
    buildings: buildings.map((name) => {
      const own = lines.filter(({ building }) => building === name);
      const areaE4 = sumAreaE4(own);
      return { building: name, units: own.length, area: fromAreaE4(areaE4) };
    }),
  };
}

function checkLines(
  evidence: Evidence,
  record: RecordOf<"roll"> | undefined,
  checks: Checks,
): void {
  if (!record) {
    checks.skip("unitLines", "", "dependsOnFailed");
    return;
  }
  const bytes = documentOf(evidence, record.lines);
  if (!bytes) {
    const given = evidence.documents.has(record.lines as Hex);
    checks.skip("unitLines", "", given ? "dependsOnFailed" : "missing");
    return;
  }
  const buildings = record.buildings.map(({ building, units, area }) => ({
    building,
    units,
    area,
  }));
  const units = buildings.reduce((sum, building) => sum + building.units, 0);
  const expected = { linesRoot: record.linesRoot, units, others: 0, buildings };
  try {
    const found = sumLines(
      decodeLines(bytes),
      buildings.map(({ building }) => building),
    );
    checks.equal({ name: "unitLines", expected, found });
  } catch {
    checks.that(false, { name: "unitLines", expected, found: undefined, detail: "malformed" });
  }
}

/** The roll is the one two officers signed, its areas and lines add up to its totals, and its record says the same. */
export async function checkRoll(
  evidence: Evidence,
  proven: ReadonlySet<number>,
  checks: Checks,
): Promise<RollFacts | undefined> {
  const roll = rollOf(evidence);
  const frozen = eventsNamed(evidence.registry, "RollFrozen").find(
    ({ args }) => args.roll === roll,
  );
  if (!frozen) {
    checks.skip("rollAttested", "", "missing");
    return undefined;
  }
  if (!(await checkAttested(evidence, frozen, checks))) {
    for (const name of ["rollRecord", "areaPages", "unitLines"] as const) {
      checks.skip(name, "", "dependsOnFailed");
    }
    return undefined;
  }
  const candidates = recordsOf(evidence, "roll").filter(
    ({ record }) => record.roll === Number(roll),
  );
  const expected = { leaf: frozen.args.terms.record, fields: fromChain(frozen) };
  const place = { name: "rollRecord", expected, fields: fromRecord } as const;
  const record = findPublished({ ...place, candidates, proven, checks });
  checkLines(evidence, record, checks);
  const { voters, totalArea } = frozen.args.terms;
  const areasE4 = checkAreas(evidence, frozen, checks);
  return { roll: frozen.args.roll, voters, totalAreaE4: totalArea, areasE4 };
}
