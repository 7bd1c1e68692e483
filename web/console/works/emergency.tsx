import { useState, type ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { TextArea, TextField } from "../../shell/field.tsx";
import { useKept } from "../kept.ts";
import { toPlan, type MotionDraft } from "../meeting/draft.ts";
import type { WorkProps } from "./forms.tsx";
import { Submit } from "./submit.tsx";
import { emptyTerms, isWhole, TermsFields, toTerms } from "./terms.tsx";
import { readYuan, writeStep, type Terms } from "./works.ts";

type PlanDraft = Pick<MotionDraft, "fund" | "budget" | "payee" | "account" | "chargeScope">;

export interface KeptPlan {
  readonly draft: PlanDraft;
  readonly change: (part: Partial<Omit<PlanDraft, "fund">>) => void;
  readonly clear: () => void;
}

/** The plan of an emergency as it is typed; an account's number is not left behind in a browser's storage. */
export function usePlanDraft(key: string): KeptPlan {
  const kept = useKept(key, { budget: "", payee: "", chargeScope: "" });
  const [account, setAccount] = useState("");
  const draft: PlanDraft = { ...kept.draft, fund: "maintenance", account };
  return {
    draft,
    change: ({ account: number, ...part }) => {
      if (number !== undefined) setAccount(number);
      kept.change(part);
    },
    clear: () => {
      setAccount("");
      kept.clear();
    },
  };
}

export const isPlanned = ({ budget, payee, account }: PlanDraft): boolean =>
  readYuan(budget) !== undefined && payee.trim() !== "" && account.trim() !== "";

/** What an emergency is to cost, whom it pays and who bears it, in the place of a motion's plan. */
export function EmergencyFields(props: KeptPlan): ReactNode {
  const { plan: labels } = useTexts("officers").officers.convene;
  const { draft, change } = props;
  return (
    <>
      {(["budget", "payee", "account"] as const).map((name) => (
        <TextField
          key={name}
          label={labels[name]}
          {...(name === "account" ? { hint: labels.accountHint } : {})}
          value={draft[name]}
          onChange={(value) => change({ [name]: value })}
          required
        />
      ))}
      <TextArea
        label={labels.scope}
        value={draft.chargeScope}
        onChange={(chargeScope) => change({ chargeScope })}
      />
    </>
  );
}

/** The same for an emergency that was begun without its plan. */
export function PlanForm(props: WorkProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community, work } = props;
  const { project, ground } = work.story;
  const kept = useKept<Terms>(`${community}.${project}.emergency`, emptyTerms());
  const plan = usePlanDraft(`${community}.${project}.plan`);
  const { payee, budget } = plan.draft;
  const why = isPlanned(plan.draft) ? undefined : works.plan.missing;
  return (
    <div data-works-form="emergency">
      <EmergencyFields {...plan} />
      <TermsFields community={community} terms={kept.draft} onChange={kept.change} />
      <Submit
        written={works.begin.writtenEmergency(projects.grounds[ground ?? ""] ?? "", payee, budget)}
        label={works.write}
        why={isWhole(kept.draft) ? why : works.missing}
        act={() =>
          writeStep({ community, project }, "emergency", {
            ...toTerms(kept.draft),
            plan: toPlan(plan.draft),
          })
        }
        onDone={() => {
          kept.clear();
          plan.clear();
        }}
      />
    </div>
  );
}
