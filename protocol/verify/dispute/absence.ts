import { toAreaE4 } from "../../registry/area.ts";
import { lineLeaf } from "../../registry/lines.ts";
import type { Checks } from "../report.ts";
import { show } from "./ballot.ts";
import type { OpenedLine } from "./claim.ts";
import type { Finding } from "./finding.ts";
import type { MeetingView } from "./view.ts";

/** Decides whether no ballot stands for a flat, whose owner shows which voter number is his. */
export function checkAbsence(view: MeetingView, line: OpenedLine, checks: Checks): Finding {
  const { unit, area, voter, salt } = line;
  const expected = view.lines.find((one) => one.unit === unit)?.leaf ?? "";
  const found = lineLeaf({ salt: salt, unit, areaE4: toAreaE4(area), voter });
  const isLine = checks.equal({ name: "claimLine", subject: unit, expected, found });
  const isGrounded = view.unsound.length === 0;
  if (!isGrounded || !isLine) {
    checks.skip("claimVoted", voter, "dependsOnFailed");
    return { reason: isGrounded ? "lineFails" : "ground" };
  }
  if (!view.concluded) {
    checks.skip("claimVoted", voter, "notYet");
    return { reason: "notConcluded" };
  }
  const standing = view.standing.find((one) => one.voter === voter);
  const stands = standing ? `batch ${standing.batch} ${standing.leaf}` : "";
  checks.equal({ name: "claimVoted", subject: voter, expected: "", found: stands });
  if (!standing) return { reason: "noneStands" };
  return { reason: standing.key ? "keyStands" : "paperStands", shown: show(view, standing) };
}
