import type { ReactNode } from "react";
import { documentUrl } from "../anchor/documents.ts";
import { formatCount, formatYuan } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { Facts } from "../shell/facts.tsx";
import type { MotionPlan } from "./meeting.ts";

/** The money that a motion uses: adopted with it, and binding for the payments that follow. */
export function PlanView(props: { community: string; plan: MotionPlan }): ReactNode {
  const { plan: messages } = useTexts("meeting").meeting;
  const { community, plan } = props;
  const { fund, budget, payee, scope, rule } = plan;
  const shared = rule.factors === undefined ? messages.byArea : messages.byFactor;
  const rows: [string, ReactNode][] = [
    [messages.fund, messages.funds[fund]],
    [messages.budget, formatYuan(budget)],
    [messages.payee, messages.payeeText(payee.name, payee.accountTail)],
    [
      messages.scope,
      <a href={documentUrl(community, scope.sha256)}>{shared(formatCount(scope.units))}</a>,
    ],
  ];
  return <Facts rows={rows} />;
}
