import type { Hex } from "viem";
import { collectCommunity } from "../community.ts";
import { type Evidence, collectMeeting } from "../evidence.ts";
import { collectFund } from "../fund/evidence.ts";
import { narrowSources } from "../fund/narrow.ts";
import { wantedFund } from "../fund/state.ts";
import type { CommunityInfo, Sources } from "../source.ts";
import { type WantedValue, wantedValues } from "../state/wanted.ts";
import type { Scope } from "./scope.ts";

// What a bundle of a scope holds is what the scope's verification reads. Whoever adds a kind of scope says here how
// it is read, and in verifyScope how it is verified.

/** What a bundle proves by the state: all code that was read, and every value that is compared. */
export type Provable = {
  info: CommunityInfo;
  code: ReadonlyMap<Hex, Hex>;
  values: readonly WantedValue[];
};

/** Sources that give no more than a scope rests on. */
export function narrowTo(sources: Sources, info: CommunityInfo, scope: Scope): Promise<Sources> {
  const isWhole = scope.kind === "meeting" || scope.kind === "community";
  return isWhole ? Promise.resolve(sources) : narrowSources(sources, info, scope);
}

const ofMeeting = (evidence: Evidence): Provable => ({
  info: evidence.info,
  code: evidence.code,
  values: wantedValues(evidence),
});

async function collectFunds(
  sources: Sources,
  info: CommunityInfo,
  scope: Exclude<Scope, { kind: "meeting" }>,
): Promise<Provable[]> {
  const evidence = await collectFund(sources, info, scope);
  return evidence ? [{ info, code: evidence.code, values: wantedFund(evidence) }] : [];
}

/** Reads through the sources all that the verification of a scope reads. */
export async function collectScope(
  sources: Sources,
  info: CommunityInfo,
  scope: Scope,
): Promise<Provable[]> {
  if (scope.kind === "meeting") {
    return [ofMeeting(await collectMeeting(sources, info, scope.meeting))];
  }
  const funds = await collectFunds(sources, info, scope);
  if (scope.kind !== "community") return funds;
  return [...(await collectCommunity(sources, info)).map(ofMeeting), ...funds];
}
