import type { ReactNode } from "react";
import { formatCount, formatGroups, formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice } from "../../shell/field.tsx";
import { Facts } from "../../shell/facts.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { useKept } from "../kept.ts";
import type { DeskProps } from "../officers-page.tsx";
import type { WorkProps } from "./forms.tsx";
import { whyNotOf, type Next } from "./next.ts";
import { SignMessage } from "./signing.tsx";
import { Submit } from "./submit.tsx";
import { emptyTerms, isWhole, TermsFields, toTerms } from "./terms.tsx";
import { approve, propose, useApproval, useFundsOnChain, type Claim, type Terms } from "./works.ts";

export interface ActProps extends WorkProps {
  readonly desk: DeskProps["desk"];
  readonly next: Next;
}

/** Why this officer cannot take the step, in words. */
function useWhyNot({ next, desk }: Pick<ActProps, "next" | "desk">): string | undefined {
  const { works, registry } = useTexts("works");
  const reason = whyNotOf(next, desk.officer);
  if (reason === undefined) return undefined;
  if (reason !== "role") return works.whyNot[reason];
  return works.whyNot.role(next.roles.map((role) => registry.roles[role] ?? role).join("、"));
}

/** What is set aside, beside what the fund has free. */
export function ReserveForm(props: ActProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community, work } = props;
  const { plan, glance, project, route } = work.story;
  const accounts = useFundsOnChain(community);
  const why = useWhyNot(props);
  if (!plan) return null;
  const account = accounts.data?.find(({ fund }) => fund === plan.fund);
  const payee = projects.payeeText(plan.payee.name, plan.payee.accountTail);
  const amount = formatYuan(glance.contracted ?? 0n);
  return (
    <>
      <Facts
        rows={[
          [projects.fund, projects.funds[plan.fund]],
          [works.reserve.free, account ? formatYuan(account.free) : "…"],
          [works.reserve.amount, amount],
          [projects.payee, payee],
        ]}
      />
      <Submit
        written={[
          works.reserve.written(amount, payee),
          route === "emergency" ? works.reserve.attests : works.reserve.follows,
        ].join("\n")}
        label={works.reserve.submit}
        why={why}
        act={() => propose(community, `/projects/${project}/reservation`, {})}
      />
    </>
  );
}

function ClaimFacts(props: { claim: Claim }): ReactNode {
  const { works } = useTexts("works");
  const { amount, office, claim, invoice } = props.claim;
  return (
    <Facts
      rows={[
        [works.facts.claim, String(claim)],
        [works.facts.amount, formatYuan(amount)],
        [works.facts.invoice, formatGroups(invoice, 16)],
        [works.facts.author, office],
      ]}
    />
  );
}

/** Whether the work was done and the invoice is right: proposed here, signed by two others than its author. */
export function JudgeForm(props: ActProps & { claim: Claim }): ReactNode {
  const { works } = useTexts("works");
  const { community, claim } = props;
  const key = `${community}.judge.${claim.id}`;
  const { draft, change, clear } = useKept<Terms & { accepted: "true" | "false" }>(key, {
    ...{ ...emptyTerms(), accepted: "true" },
  });
  const why = useWhyNot(props);
  const body = { ...toTerms(draft), accepted: draft.accepted === "true" };
  return (
    <div data-works-form="judge">
      <ClaimFacts claim={claim} />
      <Choice
        label={works.judge.choice}
        value={draft.accepted}
        options={[
          ["true", works.judge.accept],
          ["false", works.judge.reject],
        ]}
        onChange={(accepted) => change({ accepted })}
      />
      <TermsFields community={community} terms={draft} onChange={change} />
      <Submit
        written={works.judge.written[draft.accepted]}
        label={works.judge.submit}
        why={why ?? (isWhole(draft) ? undefined : works.missing)}
        act={() => propose(community, `/claims/${claim.id}/judgement`, body)}
        onDone={clear}
      />
    </div>
  );
}

/** An accepted claim is taken back before it is paid. */
export function WithdrawForm(props: Omit<ActProps, "next"> & { claim: Claim }): ReactNode {
  const { works } = useTexts("works");
  const { community, claim, desk } = props;
  const key = `${community}.withdraw.${claim.id}`;
  const { draft, change, clear } = useKept<Terms>(key, emptyTerms());
  // Whoever approved may think again; whoever claimed may not judge himself.
  const taken = { ...claim, approvals: [] };
  const roles = ["registrar", "committee"];
  const why = useWhyNot({ desk, next: { what: "judge", roles, claim: taken } });
  return (
    <div data-works-form="withdraw">
      <TermsFields community={community} terms={draft} onChange={change} />
      <Submit
        written={works.withdraw.written}
        label={works.withdraw.submit}
        why={why ?? (isWhole(draft) ? undefined : works.missing)}
        act={() => propose(community, `/claims/${claim.id}/withdrawal`, toTerms(draft))}
        onDone={clear}
      />
    </div>
  );
}

/** The end: what was not paid is free again. */
export function SettleForm(props: ActProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work } = props;
  const { project, glance } = work.story;
  const { reservation } = work.disbursement;
  const { draft, change, clear } = useKept<Terms>(`${community}.${project}.settle`, emptyTerms());
  const why = useWhyNot(props);
  const left = (reservation?.amount ?? 0n) - glance.paid;
  return (
    <div data-works-form="settle">
      <TermsFields community={community} terms={draft} onChange={change} />
      <Submit
        written={works.settle.written(formatYuan(glance.paid), formatYuan(left))}
        label={works.settle.submit}
        why={why ?? (isWhole(draft) ? undefined : works.missing)}
        act={() => propose(community, `/projects/${project}/settlement`, toTerms(draft))}
        onDone={clear}
      />
    </div>
  );
}

/** One of the approvals that a payment needs. Who may not give it sees the button, and why it is off. */
export function ApproveForm(props: ActProps & { claim: Claim }): ReactNode {
  const { works } = useTexts("works");
  const { community, claim, desk } = props;
  const why = useWhyNot(props);
  const message = useApproval(community, claim.id, why === undefined);
  const [given, needed] = [claim.approvals.length, claim.needed].map(formatCount) as [
    string,
    string,
  ];
  return (
    <div className="stack" data-works-form="approve">
      <p>{works.approve.state(given, needed)}</p>
      {why !== undefined && (
        <>
          <ClaimFacts claim={claim} />
          <p className="state" id={`why-${claim.id}`}>
            {why}
          </p>
          <div className="actions">
            <button
              type="button"
              className="button button-main"
              disabled
              aria-describedby={`why-${claim.id}`}
            >
              {works.approve.submit}
            </button>
          </div>
        </>
      )}
      {why === undefined && message.isPending && <Loading />}
      {why === undefined && message.isError && <ProblemView error={message.error} />}
      {why === undefined && message.data && (
        <SignMessage
          community={community}
          typed={message.data}
          written={works.approve.written(needed)}
          label={works.approve.submit}
          sign={(at, typedData) => approve({ community: at, desk, typedData }, claim.id)}
        />
      )}
    </div>
  );
}
