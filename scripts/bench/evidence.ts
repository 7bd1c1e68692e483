import { type Hex, bytesToHex, keccak256, sha256 } from "viem";
import { encodeLines } from "../../protocol/anchor/lines.ts";
import {
  type Hash,
  logLeaf,
  logRoot,
  proveConsistency,
  proveInclusion,
} from "../../protocol/anchor/log.ts";
import { type PublishedRecord, recordBytes } from "../../protocol/anchor/record.ts";
import { OUTCOMES } from "../../protocol/anchor/record/assembly.ts";
import { type Tally, addCounts, emptyTally, fromTallyWord } from "../../protocol/assembly/tally.ts";
import { fromAreaE4 } from "../../protocol/registry/area.ts";
import { lineLeaf } from "../../protocol/registry/lines.ts";
import { treeRoot } from "../../protocol/registry/tree.ts";
import { RpcProver } from "../../protocol/verify/block/rpcProver.ts";
import { bundleFiles, createBundle } from "../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../protocol/verify/bundle/pack.ts";
import { RpcChainSource, type RpcRequest } from "../../protocol/verify/rpc.ts";
import { type CommunityInfo, SourceMissing, matchesQuery } from "../../protocol/verify/source.ts";
import type { RecordSource } from "../../protocol/verify/source.ts";
import { type Community, deployCommunity, gasOf } from "./chain/community.ts";
import { type Cast, convene, makeBatch, openBatch, sealBatch, travelTo } from "./chain/meeting.ts";
import {
  KEYS_PER_PAGE,
  KIND,
  type Kind,
  type Voter,
  bindPage,
  describeRoll,
  encodeEntries,
  freezeRoll,
  makeVoters,
} from "./chain/roll.ts";

const BATCH = 250;
const MOTIONS = 3;
const AT = "2026-01-01T00:00:00Z";

const toHex = (text: string): Hex => text.toLowerCase() as Hex;
const utf8 = new TextEncoder();

/** A log and its documents, as a service would publish them. */
class Publication {
  readonly #texts: string[] = [];
  readonly #documents = new Map<Hex, Uint8Array>();
  #anchored = 0;

  publish(record: object): Hex {
    const bytes = recordBytes({ v: 1, community: "bench", at: AT, ...record } as PublishedRecord);
    this.#texts.push(new TextDecoder().decode(bytes));
    return bytesToHex(logLeaf(bytes));
  }

  putDocument(bytes: Uint8Array): Hex {
    const hash = sha256(bytes);
    this.#documents.set(hash, bytes);
    return hash;
  }

  #leaves(): Hash[] {
    return this.#texts.map((text) => logLeaf(utf8.encode(text)));
  }

  async anchor({ anchor }: Community): Promise<void> {
    const leaves = this.#leaves();
    const proof = this.#anchored === 0 ? [] : proveConsistency(leaves, this.#anchored);
    await gasOf(anchor.getFunction("anchorHead")(leaves.length, logRoot(leaves), proof));
    this.#anchored = leaves.length;
  }

  source(info: CommunityInfo): RecordSource {
    const hashes = (path: Hash[]): Hex[] => path.map((hash) => bytesToHex(hash));
    const entries = this.#texts.map((text, index) => ({ index, text }));
    return {
      community: async () => info,
      findRecords: async (query) =>
        entries.filter(({ text }) => matchesQuery(JSON.parse(text), query)),
      record: async (index) => entries[index]!,
      inclusion: async (index, size) =>
        hashes(proveInclusion(this.#leaves().slice(0, size), index)),
      consistency: async (first, second) =>
        hashes(proveConsistency(this.#leaves().slice(0, second), first)),
      document: async (hash) => {
        const bytes = this.#documents.get(hash);
        if (!bytes) throw new SourceMissing(`document ${hash}`);
        return bytes;
      },
    };
  }
}

function publishRoll(publication: Publication, voters: Voter[]) {
  const lines = voters.map(({ voter, areaE4 }) => {
    const unit = `1-1-${voter}`;
    const leaf = lineLeaf({ unit, areaE4, voter, salt: keccak256(utf8.encode(`salt ${voter}`)) });
    return { building: "1", entrance: "1", unit, areaE4, leaf };
  });
  const linesRoot = treeRoot(lines.map(({ leaf }) => leaf));
  const { terms } = describeRoll(voters);
  const { totalArea, areas } = terms;
  const heads = voters.length;
  const record = publication.publish({
    type: "roll",
    roll: 1,
    scope: "全体业主",
    source: publication.putDocument(utf8.encode("the imported table")),
    voters: heads,
    totalArea: fromAreaE4(totalArea),
    buildings: [{ building: "1", units: heads, heads, area: fromAreaE4(totalArea) }],
    linesRoot,
    lines: publication.putDocument(encodeLines(lines)),
    areas,
  });
  return { record, linesRoot, buildings: [{ name: "1", heads, area: totalArea }] };
}

async function bindKeys(community: Community, publication: Publication, voters: Voter[]) {
  const { kind } = voters[0]!;
  const most = KEYS_PER_PAGE[kind];
  for (let page = 0; page * most < voters.length; page++) {
    const own = voters.slice(page * most, (page + 1) * most);
    await bindPage(community, 1n, own);
    const entries = keccak256(toHex(encodeEntries(own)));
    publication.publish({ type: "keys", roll: 1, page, kind, count: own.length, entries });
  }
}

async function publishMeeting(community: Community, publication: Publication) {
  const now = (await community.ethers.provider.getBlock("latest"))!.timestamp;
  const periods = {
    noticeSeconds: 500,
    paperSeconds: 3_600,
    revealSeconds: 86_400,
    objectionSeconds: 86_400,
  };
  const window = { opensAt: now + 10_000, closesAt: now + 100_000 };
  const motions = Array.from({ length: MOTIONS }, (_, i) => ({
    title: `motion ${i}`,
    text: publication.putDocument(utf8.encode(`text of motion ${i}`)),
    item: 4,
    documents: [],
  }));
  const rules = { conflict: "newestFirst", invalid: "participates", deemed: "none" };
  const record = publication.publish({
    type: "meeting",
    roll: 1,
    title: "bench",
    scope: "全体业主",
    organiser: "committee",
    contact: "office",
    motions,
    noticeAt: now,
    ...window,
    profile: { ...rules, ...periods, source: "rules of procedure" },
  });
  return { record, items: motions.map(({ item }) => item), ...window, ...periods };
}

function castOf(voter: Voter): Cast {
  const most = KEYS_PER_PAGE[voter.kind];
  return {
    voter,
    answers: Array.from({ length: MOTIONS }, (_, motion) => 1 + ((voter.voter >> motion) % 3)),
    form: voter.kind === KIND.p256 ? 1 : 0,
    page: Math.floor(voter.voter / most),
    position: voter.voter % most,
  };
}

/** Seals every voter's ballot, opens all batches, concludes; the newest batch is opened first. */
async function vote(
  community: Community,
  voters: Voter[],
  meeting: Awaited<ReturnType<typeof convene>>,
) {
  await travelTo(community, meeting.opensAt);
  const batches = [];
  for (let start = 0; start < voters.length; start += BATCH) {
    const casts = voters.slice(start, start + BATCH).map(castOf);
    const batch = await makeBatch(community, 1n, casts);
    await sealBatch(community, 1n, batch);
    batches.push(batch);
  }
  await travelTo(community, meeting.closesAt + meeting.paperSeconds);
  for (const [number, batch] of [...batches.entries()].reverse()) {
    await openBatch(community, 1n, number, batch);
  }
  await gasOf(community.assembly.getFunction("conclude")(1n));
  return batches.length;
}

const showCount = ({ heads, areaE4 }: Tally["for"]) => ({ heads, area: fromAreaE4(areaE4) });
const showTally = (tally: Tally) => ({
  for: showCount(tally.for),
  against: showCount(tally.against),
  abstain: showCount(tally.abstain),
  invalid: showCount(tally.invalid),
});

async function publishResult(community: Community, publication: Publication, batches: number) {
  const { assembly, registry } = community;
  const { voters, totalArea } = await registry.getFunction("getRoll")(1n);
  const motions = [];
  for (let motion = 0; motion < MOTIONS; motion++) {
    const tally = fromTallyWord(BigInt(await assembly.getFunction("tally")(1n, motion, 0)));
    const outcome = Number(await assembly.getFunction("outcome")(1n, motion));
    const lanes = [tally.for, tally.against, tally.abstain, tally.invalid];
    motions.push({
      outcome: OUTCOMES[outcome],
      total: showCount({ heads: Number(voters), areaE4: BigInt(totalArea) }),
      participating: showCount(lanes.reduce(addCounts)),
      ...showTally(tally),
      origins: [
        { origin: "own", ...showTally(tally) },
        { origin: "paper", ...showTally(emptyTally()) },
      ],
    });
  }
  publication.publish({ type: "result", meeting: 1, motions, batches, lapsed: [] });
}

async function infoOf(community: Community): Promise<CommunityInfo> {
  const { registry, anchor, assembly, ethers } = community;
  const fund = await ethers.deployContract("Fund", [assembly]);
  const [first, second, third, fourth] = await Promise.all(
    [registry, anchor, assembly, fund].map((contract) => contract.getAddress()),
  );
  const { chainId } = await ethers.provider.getNetwork();
  return {
    community: "bench",
    chainId: Number(chainId),
    registry: toHex(first!),
    anchor: toHex(second!),
    assembly: toHex(third!),
    fund: toHex(fourth!),
  };
}

/** The evidence bundle of a finished meeting in which `count` owners with keys of one kind voted on three motions. */
export async function makeEvidence(kind: Kind, count: number): Promise<Uint8Array> {
  const community = await deployCommunity();
  const publication = new Publication();
  const voters = makeVoters(count, kind);
  await freezeRoll(community, voters, publishRoll(publication, voters));
  await bindKeys(community, publication, voters);
  const meeting = await convene(community, 1n, await publishMeeting(community, publication));
  await publication.anchor(community);
  const batches = await vote(community, voters, meeting);
  await publishResult(community, publication, batches);
  await publication.anchor(community);
  const { provider } = community.ethers;
  const request: RpcRequest = ({ method, params }) =>
    provider.send(method, params) as Promise<unknown>;
  const sources = {
    records: publication.source(await infoOf(community)),
    chain: new RpcChainSource(request),
    prover: new RpcProver(request),
  };
  const bundle = await createBundle(sources, { kind: "meeting", meeting: 1 });
  return packArchive(bundleFiles(bundle, new Map()));
}
