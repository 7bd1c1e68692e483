import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import type { CastPhase } from "./use-cast.ts";

/** Says on every screen of the booth whether the vote is in; it never looks finished before it is. */
export function BoothBar(props: { phase: CastPhase }): ReactNode {
  const { vote } = useTexts("vote");
  const { phase } = props;
  const progress: Partial<Record<CastPhase, string>> = {
    signing: vote.signing,
    sending: vote.sending,
    sealing: vote.sealing,
  };
  const isCast = phase === "cast";
  return (
    <div
      className={isCast ? "booth-bar booth-bar-cast" : "booth-bar"}
      role="status"
      data-cast={isCast}
    >
      <p>
        <strong>{isCast ? `✔ ${vote.cast}` : phase === "sent" ? vote.sent : vote.notYet}</strong>
        {progress[phase] && <span>{progress[phase]}</span>}
      </p>
    </div>
  );
}
