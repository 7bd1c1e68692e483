import { useState, type ReactNode } from "react";
import { formatCount, formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { useKept, type Kept } from "../kept.ts";
import { Next, Wizard } from "../wizard.tsx";
import type { WorkProps } from "./forms.tsx";
import { Submit } from "./submit.tsx";
import { emptyTerms, isWhole, TermsFields, toTerms } from "./terms.tsx";
import { readYuan, writeStep, type Terms } from "./works.ts";

interface Part {
  readonly title: string;
  readonly amount: string;
}

interface ContractDraft extends Terms {
  readonly step: number;
  /** Number of the offer that was taken; empty for none. */
  readonly quote: string;
  readonly payee: string;
  readonly amount: string;
  readonly parts: readonly Part[];
}

const EMPTY_PART: Part = { title: "", amount: "" };
const MAX_PARTS = 32;

interface StepProps extends WorkProps {
  readonly draft: ContractDraft;
  readonly change: Kept<ContractDraft>["change"];
  readonly account: string;
  readonly setAccount: (account: string) => void;
}

function QuoteChoice(props: StepProps): ReactNode {
  const { contract } = useTexts("works").works;
  const { work, draft, change } = props;
  const quotes = work.story.story.filter(({ type }) => type === "projectQuote");
  if (quotes.length === 0) return null;
  const options = quotes.map(({ record }) => {
    const { quote, supplier, amount } = record as {
      quote: number;
      supplier: string;
      amount: string;
    };
    return [String(quote), `${supplier} · ${formatYuan(BigInt(amount))}`] as const;
  });
  return (
    <Choice
      label={contract.quote}
      value={draft.quote}
      options={[["", contract.noQuote], ...options]}
      onChange={(quote) => change({ quote })}
    />
  );
}

function PayeeStep(props: StepProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community, work, draft, change, account, setAccount } = props;
  const { payee } = work.story.plan!;
  const fields = [draft.payee, account].every((text) => text.trim() !== "");
  const isReady = fields && readYuan(draft.amount) !== undefined && isWhole(draft);
  return (
    <>
      <p className="note">
        {works.contract.adopted(projects.payeeText(payee.name, payee.accountTail))}
      </p>
      <QuoteChoice {...props} />
      <TextField
        label={works.contract.payee}
        value={draft.payee}
        onChange={(name) => change({ payee: name })}
        required
      />
      <TextField
        label={works.contract.account}
        hint={works.contract.accountHint}
        value={account}
        onChange={setAccount}
        required
      />
      <TextField
        label={works.contract.amount}
        value={draft.amount}
        onChange={(amount) => change({ amount })}
        required
      />
      <TermsFields community={community} terms={draft} onChange={change} />
      <Next onNext={() => change({ step: 1 })} why={isReady ? undefined : works.missing} />
    </>
  );
}

/** Why the parts are no contract yet; undefined where they add up to it. */
function useFault({ draft }: Pick<StepProps, "draft">): string | undefined {
  const { contract } = useTexts("works").works;
  const amounts = draft.parts.map(({ amount }) => readYuan(amount));
  const isWritten = draft.parts.every(({ title }) => title.trim() !== "");
  if (!isWritten || amounts.includes(undefined)) return contract.partsMissing;
  const sum = amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
  const whole = readYuan(draft.amount) ?? 0n;
  return sum === whole ? undefined : contract.partsDiffer(formatYuan(sum), formatYuan(whole));
}

function PartFields(props: StepProps & { index: number }): ReactNode {
  const { contract } = useTexts("works").works;
  const { draft, change, index } = props;
  const part = draft.parts[index]!;
  const set = (own: Partial<Part>): void =>
    change(({ parts }) => ({ parts: parts.with(index, { ...parts[index]!, ...own }) }));
  return (
    <fieldset className="motion-form" data-part={index}>
      <legend>{contract.part(formatCount(index + 1))}</legend>
      <TextField
        label={contract.partTitle}
        value={part.title}
        onChange={(title) => set({ title })}
        required
      />
      <TextField
        label={contract.partAmount}
        value={part.amount}
        onChange={(amount) => set({ amount })}
        required
      />
      {draft.parts.length > 1 && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => change(({ parts }) => ({ parts: parts.filter((_, i) => i !== index) }))}
        >
          {contract.removePart}
        </button>
      )}
    </fieldset>
  );
}

function PartsStep(props: StepProps): ReactNode {
  const { contract } = useTexts("works").works;
  const { draft, change } = props;
  const why = useFault(props);
  return (
    <>
      <p className="soft">{contract.partsHint}</p>
      {draft.parts.map((_, index) => (
        <PartFields key={index} {...props} index={index} />
      ))}
      {draft.parts.length < MAX_PARTS && (
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => change(({ parts }) => ({ parts: [...parts, EMPTY_PART] }))}
          >
            {contract.addPart}
          </button>
        </div>
      )}
      <Next onNext={() => change({ step: 2 })} why={why} />
    </>
  );
}

function WriteStep(props: StepProps & { onDone: () => void }): ReactNode {
  const { works } = useTexts("works");
  const { community, work, draft, account, onDone } = props;
  const fault = useFault(props);
  const { quote, payee, amount, parts, date, documents } = draft;
  const lines = parts.map(
    ({ title, amount: own }) => `${title} ${formatYuan(readYuan(own) ?? 0n)}`,
  );
  const body = {
    ...toTerms(draft),
    ...(quote === "" ? {} : { quote: Number(quote) }),
    payee: { name: payee, account },
    amount: String(readYuan(amount)),
    milestones: parts.map(({ title, amount: own }) => ({ title, amount: String(readYuan(own)) })),
  };
  return (
    <Submit
      written={[
        works.contract.written(payee, account.slice(-4), formatYuan(readYuan(amount) ?? 0n)),
        ...lines,
        works.written.terms(date, formatCount(documents.length)),
      ].join("\n")}
      label={works.contract.submit}
      why={fault ?? (account.trim() === "" ? works.contract.accountMissing : undefined)}
      act={() => writeStep({ community, project: work.story.project }, "contract", body)}
      onDone={onDone}
    />
  );
}

/** The contract: with whom the owners adopted, in parts that are paid one by one; can be left and come back to. */
export function ContractWizard(props: WorkProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work } = props;
  const { project, plan } = work.story;
  const { draft, change, clear } = useKept<ContractDraft>(`${community}.${project}.contract`, {
    ...{ ...emptyTerms(), step: 0, quote: "", payee: plan?.payee.name ?? "", amount: "" },
    parts: [EMPTY_PART],
  });
  // An account's number is not left behind in a browser's storage.
  const [account, setAccount] = useState("");
  if (!plan) return <p className="state">{works.next.plan}</p>;
  const step = { ...props, draft, change, account, setAccount };
  return (
    <Wizard
      label={works.contract.submit}
      steps={works.contract.steps}
      now={draft.step}
      onStep={(chosen) => change({ step: chosen })}
    >
      {draft.step === 0 && <PayeeStep {...step} />}
      {draft.step === 1 && <PartsStep {...step} />}
      {draft.step === 2 && <WriteStep {...step} onDone={clear} />}
    </Wizard>
  );
}
