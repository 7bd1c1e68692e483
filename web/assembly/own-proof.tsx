import { useState, type ReactNode } from "react";
import { defaultNode } from "../chain/node-address.ts";
import { useTexts } from "../language/language.tsx";
import type { Community } from "../registry/community.ts";
import type { OwnChecks } from "../registry/own-check.ts";
import { ProblemView } from "../shell/problem-view.tsx";
import { Verdict } from "../shell/verdict.tsx";
import type { VerdictKind } from "../shell/verdict-kind.ts";
import { RecountRunning } from "./recount-running.tsx";
import type { RecountResult } from "./recount-messages.ts";
import { verdictOf } from "./report-parts.ts";
import { ReportView } from "./report-view.tsx";
import { useRecount } from "./use-recount.ts";
import type { OwnStanding } from "./own-votes.ts";

interface OwnProofProps {
  readonly community: Community;
  readonly meeting: number;
  readonly standing: OwnStanding & { readonly own: NonNullable<OwnStanding["own"]> };
}

/** Whether the flats' own lines in the frozen roll lead to this voter number. */
type Lines = "unchecked" | "proven" | "differ" | "unreadable";

const UNCERTAIN: Record<Exclude<Lines, "proven">, VerdictKind> = {
  unchecked: "unverifiable",
  unreadable: "unverifiable",
  differ: "inconsistent",
};

/** What reads the chain is several times the page: it is loaded by who wants to check. */
async function checkEntry(
  { registry }: Community,
  { own, place }: OwnProofProps["standing"],
): Promise<OwnChecks> {
  const { checkOwn } = await import("../registry/own-check.ts");
  return checkOwn(registry, own, place);
}

function useSentence(props: OwnProofProps & { result: RecountResult; lines: Lines }): {
  kind: VerdictKind;
  sentence: string;
} {
  const { mine } = useTexts("mine");
  const { result, lines, standing } = props;
  const { report } = result;
  const kind = verdictOf(report);
  if (lines !== "proven") return { kind: UNCERTAIN[lines], sentence: mine.proof.lines[lines] };
  if (kind !== "consistent" || !report.recount) {
    const early = kind === "consistent" ? "pending" : kind;
    return { kind: early, sentence: mine.proof.open[early === "pending" ? "pending" : "fault"] };
  }
  const hasVoted = report.recount.voted.includes(standing.own.voter);
  return { kind, sentence: hasVoted ? mine.proof.voted : mine.proof.notVoted };
}

function Proven(props: OwnProofProps & { result: RecountResult; lines: Lines }): ReactNode {
  const { mine } = useTexts("mine");
  const { result, standing } = props;
  const { kind, sentence } = useSentence(props);
  const { at, block, report } = result;
  const checked = block === undefined ? undefined : { at, block };
  return (
    <div data-own-proof={kind}>
      <Verdict kind={kind} sentence={sentence} checked={checked} />
      <p className="soft small">{mine.proof.how(standing.own.voter)}</p>
      <ReportView report={report} />
    </div>
  );
}

/**
 * Whether a ballot stands for this household: the own lines lead to a voter number in the frozen roll, and this device
 * opens every sealed batch again and sees for which numbers a ballot stands.
 */
export function OwnProof(props: OwnProofProps): ReactNode {
  const { mine } = useTexts("mine");
  const { community, meeting, standing } = props;
  const { recount, start, stop } = useRecount();
  const [lines, setLines] = useState<Lines>("unchecked");
  const begin = (): void => {
    setLines("unchecked");
    const node = defaultNode();
    void checkEntry(community, standing).then(
      (checks) => setLines(checks.lines && checks.area ? "proven" : "differ"),
      () => setLines("unreadable"),
    );
    const api = `${location.origin}/api`;
    start({ kind: "service", api, node, community: community.id, meeting });
  };
  return (
    <section className="section stack screen-only">
      <h2>{mine.proof.title}</h2>
      <p>{mine.proof.intro}</p>
      {recount.state === "running" && <RecountRunning progress={recount.progress} onStop={stop} />}
      {recount.state === "failed" && <ProblemView error={recount.error} onRetry={begin} />}
      {recount.state === "done" && <Proven {...props} result={recount.result} lines={lines} />}
      {recount.state !== "running" && (
        <div className="actions">
          <button type="button" className="button button-main" onClick={begin}>
            {mine.proof.start}
          </button>
        </div>
      )}
    </section>
  );
}
