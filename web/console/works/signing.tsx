import { useState, type ReactNode } from "react";
import { formatCount, formatGroups } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { useCommunity, type Community } from "../../registry/community.ts";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { Facts } from "../../shell/facts.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { SignedText } from "../../shell/signed-text.tsx";
import type { TypedMessage } from "../todo/proposals.ts";
import { LastWord } from "../wizard.tsx";

/** The message's own words for people: whom, how much, to which account, for which invoice and part. */
function MessageFacts(props: { typed: TypedMessage }): ReactNode {
  const { facts } = useTexts("works").works;
  const { message } = props.typed;
  const textOf = (name: string): string => String(message[name]);
  const known: readonly (readonly [label: string, value: string])[] = [
    ...("payee" in message
      ? [
          [facts.payee, textOf("payee")] as const,
          [facts.accountTail, textOf("accountTail")] as const,
        ]
      : []),
    [facts.amount, textOf("amountYuan")],
    [facts.milestone, `${formatCount(Number(message["milestone"]) + 1)} · ${textOf("title")}`],
    [facts.invoice, formatGroups(textOf("invoice"), 16)],
    [facts.claim, textOf("claim")],
  ];
  return <Facts rows={known} />;
}

/** A message about a payment, in words and exactly as it is signed, and the button that signs it. */
export function SignMessage(props: {
  community: string;
  typed: TypedMessage;
  written: string;
  label: string;
  /** Why this officer cannot sign. */
  why?: string | undefined;
  sign: (community: Community, typed: TypedMessage) => Promise<unknown>;
  onDone?: () => void;
}): ReactNode {
  const { officers } = useTexts("officers");
  const queries = useQueryClient();
  const { typed, written, label, why, sign, onDone } = props;
  const community = useCommunity(props.community).data;
  const [isRead, setRead] = useState(false);
  const signing = useMutation({
    mutationFn: async () => community && sign(community, typed),
    onSuccess: () => onDone?.(),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <div className="stack">
      <MessageFacts typed={typed} />
      <p className="soft small">{officers.signWhat}</p>
      <SignedText typed={typed} />
      <LastWord text={written} isRead={isRead} onRead={setRead} />
      {signing.isError && <ProblemView error={signing.error} />}
      {why !== undefined && <p className="state">{why}</p>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={!community || !isRead || why !== undefined || signing.isPending}
          onClick={() => signing.mutate()}
        >
          {label}
        </button>
      </div>
    </div>
  );
}
