import type { Hex } from "viem";
import { createDigests } from "../../../protocol/assembly/opening.ts";
import { signingDomain } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";

/** What every ballot of a meeting is checked against. */
export interface KnownMeeting {
  meeting: ConvenedMeeting;
  /** The digest of a packed sheet; equal sheets are hashed once. */
  digestOf: (answers: number) => Hex;
}

const KEPT_MEETINGS = 50;

/**
 * Meetings as ballots need them, read once. Nothing of that changes except the end, which only ever moves to a later
 * time: a meeting that seems closed is to be read afresh.
 */
export class KnownMeetings {
  readonly #context: AssemblyContext;
  readonly #known = new Map<string, KnownMeeting>();

  constructor(context: AssemblyContext) {
    this.#context = context;
  }

  async get(communityId: string, number: number): Promise<KnownMeeting> {
    return this.#known.get(`${communityId} ${number}`) ?? this.read(communityId, number);
  }

  async read(communityId: string, number: number): Promise<KnownMeeting> {
    const { db } = this.#context;
    const meeting = await getMeeting(db, communityId, number);
    const domain = await signingDomain(this.#context, db, communityId);
    const motions = meeting.items.length;
    const digestOf = createDigests({ domain, meeting: BigInt(number), motions });
    const known = { meeting, digestOf };
    const oldest = this.#known.keys().next();
    if (this.#known.size >= KEPT_MEETINGS && !oldest.done) this.#known.delete(oldest.value);
    this.#known.set(`${communityId} ${number}`, known);
    return known;
  }
}
