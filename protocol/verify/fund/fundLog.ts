import type { FundEvent } from "../events.ts";

/** An event of the Fund of one name. */
export type FundLog<Name extends FundEvent["eventName"]> = Extract<FundEvent, { eventName: Name }>;
