import { useEffect, type ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { DisputeView } from "./dispute-view.tsx";
import { RecountRunning } from "./recount-running.tsx";
import { useRecount } from "./use-recount.ts";

/** Verifies a dispute file on this device, away from the page. */
export default function DisputeCheck(props: { bytes: Uint8Array<ArrayBuffer> }): ReactNode {
  const { dispute } = useTexts("dispute");
  const { bytes } = props;
  const { recount, start, stop } = useRecount();
  // Once for each file: `start` is another function at each drawing.
  useEffect(() => start({ kind: "file", bytes }), [bytes]);
  if (recount.state === "running") {
    return <RecountRunning progress={recount.progress} onStop={stop} />;
  }
  if (recount.state === "failed") return <ProblemView error={recount.error} />;
  if (recount.state !== "done") return null;
  const { report } = recount.result;
  const found = report.dispute;
  if (!found) return <p className="problem">{dispute.noClaim}</p>;
  return <DisputeView report={{ ...report, dispute: found }} />;
}
