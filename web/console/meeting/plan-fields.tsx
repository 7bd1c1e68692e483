import type { ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextArea, TextField } from "../../shell/field.tsx";
import type { MotionDraft } from "./draft.ts";

interface PlanProps {
  readonly motion: MotionDraft;
  readonly onChange: (motion: MotionDraft) => void;
}

function PlanField(
  props: PlanProps & { name: "budget" | "payee" | "account"; hint?: string },
): ReactNode {
  const { plan } = useTexts("officers").officers.convene;
  const { motion, onChange, name, hint } = props;
  return (
    <TextField
      label={plan[name]}
      {...(hint === undefined ? {} : { hint })}
      value={motion[name]}
      onChange={(value) => onChange({ ...motion, [name]: value })}
      required
    />
  );
}

/** Whether a motion uses a fund, and what the owners are asked to adopt with it. */
export function PlanFields(props: PlanProps): ReactNode {
  const { plan } = useTexts("officers").officers.convene;
  const { motion, onChange } = props;
  return (
    <>
      <Choice
        label={plan.fund}
        value={motion.fund}
        options={[
          ["", plan.none],
          ["maintenance", plan.funds.maintenance],
          ["income", plan.funds.income],
        ]}
        onChange={(fund) => onChange({ ...motion, fund })}
      />
      {motion.fund !== "" && (
        <>
          <div className="field-row section">
            <PlanField {...props} name="budget" />
            <PlanField {...props} name="payee" />
            <PlanField {...props} name="account" hint={plan.accountHint} />
          </div>
          <TextArea
            label={plan.scope}
            value={motion.chargeScope}
            onChange={(chargeScope) => onChange({ ...motion, chargeScope })}
          />
          <p className="soft">{plan.rule}</p>
        </>
      )}
    </>
  );
}
