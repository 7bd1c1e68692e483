// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { type Complaint, makeDispute, scopeOf } from "../../protocol/verify/dispute/make.ts";
import { scopeNumber } from "../../protocol/verify/bundle/scope.ts";
import { communityPath } from "../registry/community.ts";
import { requestBytes } from "../service/request.ts";
import { saveFile } from "../service/save.ts";

/** What the file is called: what it is about, and nothing that says the vote. */
function nameOf(complaint: Complaint): string {
  const { kind } = complaint;
  if (kind === "entry") return `mingzhang-dispute-entry-${complaint.entry}.zip`;
  const about = kind === "ballot" ? complaint.given.leaf.slice(2, 18) : complaint.line.unit;
  return `mingzhang-dispute-${about}.zip`;
}

/** Where the service gives the public evidence that a complaint is held against. */
function bundlePath(community: string, complaint: Complaint): string {
  const scope = scopeOf(complaint);
  const about =
    scope.kind === "meeting" ? `meetings/${scope.meeting}` : `fund/entries/${scopeNumber(scope)}`;
  return communityPath(community, `/${about}/bundle`);
}

/** Puts the public evidence and the claim together, here: the claim is sent to nobody. */
export async function saveDispute(community: string, complaint: Complaint): Promise<string> {
  const bundle = await requestBytes(bundlePath(community, complaint));
  const bytes = await makeDispute(bundle, complaint);
  const name = nameOf(complaint);
  saveFile(new Blob([bytes], { type: "application/zip" }), name);
  return name;
}
