import type { Hex } from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { ORIGINS, OUTCOMES } from "../../../protocol/anchor/record/assembly.ts";
import { fromTallyWord } from "../../../protocol/assembly/tally.ts";
import type { MotionCount } from "../../assembly/counting/result.ts";
import type { Extension, Meeting } from "../../database/generated/client.ts";
import { readEvents } from "../chain/events.ts";
import type { FsckContext } from "../subject.ts";
import { findUnlistedBatches, toBatches } from "./chainBatches.ts";
import type { ChainBatch } from "./chainBatches.ts";

export interface ChainMeeting {
  record: Hex;
  transactionHash: Hex;
  /** By the leaf of the record of the extension. */
  extensions: Map<string, number>;
  concludedIn: Hex | undefined;
  batches: Map<number, ChainBatch>;
}

/** The meetings that the Assemblies hold, with their batches. */
export class ChainMeetings {
  readonly #context: FsckContext;
  readonly #byCommunity = new Map<string, Map<number, ChainMeeting>>();
  readonly #met = new Set<string>();

  constructor(context: FsckContext) {
    this.#context = context;
  }

  async #read(community: string): Promise<Map<number, ChainMeeting>> {
    const known = this.#byCommunity.get(community);
    if (known) return known;
    const address = this.#context.communities.get(community)?.assembly;
    const events = await readEvents(this.#context, address, assemblyAbi);
    const meetings = new Map<number, ChainMeeting>();
    for (const { eventName, args, log } of events) {
      if (!("meeting" in args)) continue;
      const number = Number(args.meeting);
      const { transactionHash } = log;
      if (eventName === "MeetingConvened") {
        const { record } = args.convocation;
        const empty = { extensions: new Map<string, number>(), concludedIn: undefined };
        meetings.set(number, { record, transactionHash, ...empty, batches: new Map() });
      } else if (eventName === "MeetingExtended") {
        meetings.get(number)?.extensions.set(args.record, Number(args.closesAt));
      } else if (eventName === "MeetingConcluded") {
        meetings.get(number)!.concludedIn = transactionHash;
      }
    }
    for (const [number, meeting] of meetings) meeting.batches = toBatches(events, number);
    this.#byCommunity.set(community, meetings);
    return meetings;
  }

  /** Undefined without a chain, or where it has no such meeting. */
  async find({ communityId, number }: Meeting): Promise<ChainMeeting | undefined> {
    if (!this.#context.chain || number === null) return undefined;
    return (await this.#read(communityId)).get(number);
  }

  async inspect(meeting: Meeting): Promise<void> {
    const { inspection, chain } = this.#context;
    if (!chain) return;
    const { communityId: community, id, number } = meeting;
    const place = { community, table: "Meeting", row: id };
    const found = await this.find(meeting);
    if (!found) return inspection.extra(place, "not on chain");
    this.#met.add(`${community} ${number}`);
    const { record, transactionHash, concludedIn } = found;
    inspection.compare(place, meeting, { recordLeaf: record, announcedIn: transactionHash });
    const state = await this.#getMeeting(meeting);
    const seconds = (at: Date | null): number => (at ? at.getTime() / 1000 : 0);
    inspection.equal({ ...place, field: "closesAt" }, state.closesAt, seconds(meeting.closesAt));
    const isTold = meeting.resultIndex !== null;
    if (isTold) inspection.equal({ ...place, field: "state" }, "concluded", meeting.state);
    // Concluded, and the service has not taken note yet.
    if (meeting.state !== "concluded" && concludedIn) {
      inspection.skip(`Meeting ${number} conclusion`, "underWay", { community });
      return;
    }
    inspection.equal({ ...place, field: "concludedIn" }, concludedIn, meeting.concludedIn);
    const { concludedAt } = state;
    inspection.equal({ ...place, field: "concludedAt" }, concludedAt, seconds(meeting.concludedAt));
    if (concludedIn) inspection.equal({ ...place, field: "state" }, "concluded", meeting.state);
  }

  async inspectExtension(meeting: Meeting, extension: Extension): Promise<void> {
    const found = await this.find(meeting);
    if (!found) return;
    const { inspection } = this.#context;
    const place = { community: meeting.communityId, table: "Extension", row: extension.id };
    const closesAt = found.extensions.get(extension.recordLeaf);
    if (closesAt === undefined) return inspection.extra(place, "not on chain");
    const at = new Date(closesAt * 1000);
    inspection.equal({ ...place, field: "closesAt" }, at, extension.closesAt);
    found.extensions.delete(extension.recordLeaf);
  }

  async #call<Name extends "getMeeting" | "outcome" | "tally">(
    { communityId }: Meeting,
    functionName: Name,
    args: readonly (bigint | number)[],
  ): Promise<unknown> {
    const { chain, communities } = this.#context;
    const address = communities.get(communityId)?.assembly as Hex;
    const read = { address, abi: assemblyAbi, functionName, args } as never;
    return chain!.client.readContract(read);
  }

  async #getMeeting(meeting: Meeting) {
    const state = await this.#call(meeting, "getMeeting", [BigInt(meeting.number!)]);
    return state as { closesAt: number; concludedAt: number; batches: number };
  }

  /** What the chain counted; undefined where it has not. */
  async readConclusion(meeting: Meeting) {
    if (!(await this.find(meeting))?.concludedIn) return undefined;
    const { concludedAt, batches } = await this.#getMeeting(meeting);
    const motions: MotionCount[] = [];
    for (const motion of meeting.items.keys())
      motions.push(await this.#readMotion(meeting, motion));
    return { motions, batches, concludedAt: new Date(concludedAt * 1000) };
  }

  async #readMotion(meeting: Meeting, motion: number): Promise<MotionCount> {
    const place = [BigInt(meeting.number!), BigInt(motion)];
    const outcome = (await this.#call(meeting, "outcome", place)) as number;
    const tallies = [];
    for (const origin of ORIGINS.keys()) {
      const word = (await this.#call(meeting, "tally", [...place, origin])) as bigint;
      tallies.push(fromTallyWord(word));
    }
    return { outcome: OUTCOMES[outcome]!, tallies };
  }

  /** What is on chain and has no row. */
  async findUnlisted(): Promise<void> {
    const { inspection, communities, snapshot } = this.#context;
    const convening = await snapshot.rows<{ leaf: string }>(
      `SELECT "recordLeaf" AS leaf FROM "Meeting" WHERE "state" = 'convening'
       UNION SELECT "recordLeaf" FROM "Extension" WHERE "state" = 'extending'`,
    );
    const underWay = new Set(convening.map(({ leaf }) => leaf));
    for (const community of communities.keys()) {
      for (const [number, meeting] of await this.#read(community)) {
        const isMet = this.#met.has(`${community} ${number}`);
        if (isMet) await this.#findParts({ community, number, meeting }, underWay);
        else if (!underWay.has(meeting.record)) {
          inspection.missing({ community, table: "Meeting", row: `meeting ${number}` });
        }
      }
    }
  }

  /** The extensions and batches of a meeting that nobody keeps. */
  async #findParts(
    of: { community: string; number: number; meeting: ChainMeeting },
    underWay: ReadonlySet<string>,
  ): Promise<void> {
    const { community, number, meeting } = of;
    for (const leaf of meeting.extensions.keys()) {
      if (underWay.has(leaf)) continue;
      const row = `meeting ${number} ${leaf}`;
      this.#context.inspection.missing({ community, table: "Extension", row });
    }
    await findUnlistedBatches(this.#context, of);
  }
}
