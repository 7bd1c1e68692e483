import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { findBallotFor } from "./kept-ballot.ts";
import type { Meeting } from "./meeting.ts";

/** What this browser knows about the owner's own ballot, and the way to the booth. */
export function MyVote(props: { community: string; meeting: Meeting }): ReactNode {
  const texts = useTexts("meeting").meeting;
  const { language } = useLanguage();
  const { community, meeting } = props;
  const kept = useQuery({
    queryKey: ["kept-ballot", community, meeting.number],
    queryFn: async () => (await findBallotFor(community, meeting.number)) ?? null,
  });
  const booth = `/communities/${community}/meetings/${meeting.number}/vote`;
  return (
    <section className="section screen-only">
      {kept.data && (
        <p className="state state-done">✔ {texts.voted(formatTime(kept.data.castAt, language))}</p>
      )}
      <div className="actions actions-centred">
        {kept.data && (
          <Link className="button button-main" href={`/receipts/${kept.data.leaf}`}>
            {texts.myReceipt}
          </Link>
        )}
        <Link className={kept.data ? "button" : "button button-main"} href={booth}>
          {kept.data ? texts.voteAgain : texts.voteNow}
        </Link>
      </div>
    </section>
  );
}
