import type { ReactNode } from "react";
import { Link } from "wouter";
import { receiptNumber } from "../../protocol/assembly/receipt.ts";
import { useTexts } from "../language/language.tsx";
import type { KeptBallot } from "./kept-ballot.ts";
import type { Meeting } from "./meeting.ts";
import { useStepFocus } from "./motion-step.tsx";

/** A clear end: the vote is in, this is its number, and this is how to check it. */
export function CastView(props: {
  ballot: KeptBallot;
  meeting: Meeting;
  isPromised: boolean;
}): ReactNode {
  const { shell, vote } = useTexts("vote");
  const heading = useStepFocus();
  const { ballot, meeting, isPromised } = props;
  return (
    <section className="stack">
      <h2 ref={heading} tabIndex={-1}>
        {isPromised ? `✔ ${vote.cast}` : vote.sent}
      </h2>
      {isPromised ? (
        <p>{vote.castText}</p>
      ) : (
        <div className="problem" data-promise="unverified">
          <p className="problem-what">{vote.unpromised}</p>
          <p>{vote.unpromisedCure}</p>
        </div>
      )}
      <div>
        <p className="soft">{vote.receipt.number}</p>
        <p className="receipt-number" data-receipt={ballot.leaf}>
          {receiptNumber(ballot.leaf)}
        </p>
      </div>
      <div className="actions">
        <Link className="button button-main" href={`/receipts/${ballot.leaf}`}>
          {vote.receipt.title}
        </Link>
        <Link className="button" href={`/check?leaf=${ballot.leaf}`}>
          {vote.receipt.check}
        </Link>
      </div>
      <p className="soft small">
        {vote.againText}
        {shell.gap}
        {vote.conflict[meeting.conflict]}
      </p>
    </section>
  );
}
