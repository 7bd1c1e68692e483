import { bytesToHex } from "viem";
import type { Hex } from "viem";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toAreaE4 } from "../../../protocol/registry/area.ts";
import {
  areasHash,
  areasPerPage,
  cloneArgs,
  decodeAreaPages,
} from "../../../protocol/registry/pages.ts";
import type { Roll } from "../../database/generated/client.ts";
import { readEvents } from "../chain/events.ts";
import type { FsckContext } from "../subject.ts";
import { compareCopy, findOrphanRecords, leafOf, parseCopy } from "../records.ts";
import { inspectGroups } from "./groups.ts";
import { inspectUnits, inspectVoters } from "./lines.ts";

type Row = Roll & { logged: string | null };

const ROLLS = `
  SELECT x.*, r."text" AS logged FROM "Roll" x
  LEFT JOIN "Record" r ON r."communityId" = x."communityId" AND r."index" = x."recordIndex" AND r."type" = 'roll'
  ORDER BY x."communityId", x."number", x."createdAt"`;

/** Every roll is the one that was recorded and frozen on chain, down to each unit's line. */
export async function inspectRolls(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const frozen = new FrozenRolls(context);
  for await (const row of snapshot.batches<Row>(ROLLS, [], 1)) {
    const [roll] = row as [Row];
    inspection.count("Roll", roll.communityId);
    const record = inspectRecord(context, roll);
    if (roll.state === "frozen") await frozen.inspect(roll);
    const areas = inspectAreas(context, roll);
    await inspectUnits(context, roll, record);
    await inspectVoters(context, roll, areas);
    await inspectGroups(context, roll);
  }
  await frozen.findUnlisted();
  await findOrphanRecords(context, {
    type: "roll",
    table: "Roll",
    owned: `SELECT "communityId" AS community, "recordIndex" AS index FROM "Roll"`,
  });
}

const PUBLISHED = ["freezing", "frozen", "refused"];

function inspectRecord(context: FsckContext, roll: Row): RecordOf<"roll"> | undefined {
  const { inspection } = context;
  const place = { community: roll.communityId, table: "Roll", row: roll.id };
  const isPublished = PUBLISHED.includes(roll.state) && roll.recordIndex !== null;
  if (isPublished) compareCopy(context, { place, text: roll.record, logged: roll.logged });
  if (roll.state === "frozen" && roll.recordIndex === null)
    inspection.missing(place, "recordIndex");
  inspection.equal(
    { ...place, field: "record or recordLeaf" },
    leafOf(roll.record),
    roll.recordLeaf,
  );
  const record = parseCopy<RecordOf<"roll">>(context, place, roll.record);
  if (!record) return undefined;
  inspection.compare(place, roll, {
    communityId: record.community,
    number: record.roll,
    scope: record.scope,
    voters: record.voters,
    totalAreaE4: toAreaE4(record.totalArea),
    linesRoot: record.linesRoot,
    buildings: record.buildings.map(({ area, ...row }) => {
      return { ...row, areaE4: toAreaE4(area).toString() };
    }),
  });
  return record;
}

/** The areas that the roll keeps hash to what was recorded. */
function inspectAreas({ inspection }: FsckContext, roll: Row): bigint[] {
  const place = { community: roll.communityId, table: "Roll", row: roll.id };
  try {
    const areas = decodeAreaPages([bytesToHex(roll.areas)], roll.areaBytes);
    const { areas: expected } = JSON.parse(roll.record) as RecordOf<"roll">;
    const found = areasHash(areas, roll.areaBytes);
    inspection.equal({ ...place, field: "areas or areaBytes" }, expected, found);
    return areas;
  } catch {
    inspection.find({ kind: "differs", ...place, field: "areas or areaBytes" });
    return [];
  }
}

interface Frozen {
  terms: { record: Hex; linesRoot: Hex; areas: Hex; areaBytes: number; voters: number };
  totalArea: bigint;
  buildings: readonly { name: string; heads: number; area: bigint }[];
  transactionHash: Hex;
}

/** The rolls that the Registry has frozen. */
class FrozenRolls {
  readonly #context: FsckContext;
  readonly #byCommunity = new Map<string, Map<number, Frozen>>();

  constructor(context: FsckContext) {
    this.#context = context;
  }

  async #read(community: string): Promise<Map<number, Frozen>> {
    const known = this.#byCommunity.get(community);
    if (known) return known;
    const address = this.#context.communities.get(community)?.registry;
    const rolls = new Map<number, Frozen>();
    for (const { eventName, args, log } of await readEvents(this.#context, address, registryAbi)) {
      if (eventName !== "RollFrozen") continue;
      const { totalArea, ...terms } = args.terms;
      const { transactionHash } = log;
      rolls.set(Number(args.roll), {
        terms,
        totalArea,
        buildings: args.buildings,
        transactionHash,
      });
    }
    this.#byCommunity.set(community, rolls);
    return rolls;
  }

  async inspect(roll: Roll): Promise<void> {
    const { inspection, chain } = this.#context;
    if (!chain) return;
    const { communityId: community, number } = roll;
    const place = { community, table: "Roll", row: roll.id };
    const rolls = await this.#read(community);
    const frozen = rolls.get(number);
    if (!frozen) return inspection.extra(place, "not on chain");
    rolls.delete(number);
    const { terms, totalArea, transactionHash } = frozen;
    inspection.compare(place, roll, {
      recordLeaf: terms.record,
      linesRoot: terms.linesRoot,
      areaBytes: terms.areaBytes,
      voters: terms.voters,
      totalAreaE4: totalArea,
      frozenIn: transactionHash,
    });
    await this.#inspectPages(roll);
  }

  /** The pages of areas in contract code are the roll's own. */
  async #inspectPages(roll: Roll): Promise<void> {
    const { inspection, chain, communities } = this.#context;
    const place = { community: roll.communityId, table: "chain" };
    const address = communities.get(roll.communityId)?.registry as Hex;
    const width = areasPerPage(roll.areaBytes) * roll.areaBytes;
    for (let page = 0; page * width < roll.areas.length; page += 1) {
      const store = await chain!.client.readContract({
        address,
        abi: registryAbi,
        functionName: "areaPage",
        args: [BigInt(roll.number), BigInt(page)],
      });
      const code = await chain!.client.getCode({ address: store });
      const expected = bytesToHex(roll.areas.slice(page * width, (page + 1) * width));
      const row = `roll ${roll.number}, page ${page} of areas`;
      const found = code ? cloneArgs(code) : "0x";
      inspection.equal({ ...place, row, field: "areas" }, expected, found);
    }
  }

  async findUnlisted(): Promise<void> {
    const { inspection, communities, snapshot } = this.#context;
    const freezing = await snapshot.rows<{ community: string; number: number }>(
      `SELECT "communityId" AS community, "number" FROM "Roll" WHERE "state" = 'freezing'`,
    );
    for (const community of communities.keys()) {
      for (const number of (await this.#read(community)).keys()) {
        const isUnderWay = freezing.some(
          (roll) => roll.community === community && roll.number === number,
        );
        if (!isUnderWay) inspection.missing({ community, table: "Roll", row: `roll ${number}` });
      }
    }
  }
}
