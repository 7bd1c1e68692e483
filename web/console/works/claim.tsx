import type { ReactNode } from "react";
import { formatCount, formatGroups, formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { useQuery } from "../../service/query.ts";
import { Choice, TextField } from "../../shell/field.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { useKept, type Kept } from "../kept.ts";
import type { DeskProps } from "../officers-page.tsx";
import { Next, Wizard } from "../wizard.tsx";
import type { WorkProps } from "./forms.tsx";
import { SignMessage } from "./signing.tsx";
import { Submit } from "./submit.tsx";
import { emptyTerms, HandIn, isWhole, TermsFields, toTerms } from "./terms.tsx";
import {
  draftClaim,
  readYuan,
  submitClaim,
  writeStep,
  type HandedIn,
  type Terms,
} from "./works.ts";

interface ClaimDraft extends Terms {
  readonly step: number;
  readonly invoice: string;
  readonly amount: string;
  readonly file: HandedIn | null;
  /** Hash of the invoice once it is written down. */
  readonly sha256: string;
}

const EMPTY = { step: 0, invoice: "", amount: "", file: null, sha256: "" } as const;

interface ClaimProps extends WorkProps {
  readonly desk: DeskProps["desk"];
  readonly milestone: number;
}

interface StepProps extends ClaimProps {
  readonly draft: ClaimDraft;
  readonly change: Kept<ClaimDraft>["change"];
}

interface WrittenInvoice {
  readonly milestone: number;
  readonly invoice: string;
  readonly amount: string;
  readonly sha256: string;
}

/** Invoices of the milestone that are written down and that no claim stands for. */
function listOpenInvoices({ work, milestone }: ClaimProps): readonly WrittenInvoice[] {
  const claimed = work.disbursement.claims
    .filter(({ state }) => !["rejected", "withdrawn", "refused"].includes(state))
    .map(({ invoice }) => invoice);
  return work.story.story
    .filter(({ type }) => type === "projectInvoice")
    .map(({ record }) => record as unknown as WrittenInvoice)
    .filter((own) => own.milestone === milestone && !claimed.includes(own.sha256 as `0x${string}`));
}

function KnownInvoices(props: StepProps): ReactNode {
  const { claim } = useTexts("works").works;
  const { change } = props;
  const known = listOpenInvoices(props);
  if (known.length === 0) return null;
  return (
    <Choice
      label={claim.known}
      value=""
      options={[
        ["", claim.another],
        ...known.map(({ sha256, invoice, amount }) => {
          return [sha256, `${invoice} · ${formatYuan(BigInt(amount))}`] as const;
        }),
      ]}
      onChange={(sha256) => sha256 !== "" && change({ sha256, step: 2 })}
    />
  );
}

function InvoiceStep(props: StepProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work, milestone, draft, change } = props;
  const amount = readYuan(draft.amount);
  const isReady = draft.invoice.trim() !== "" && amount !== undefined && draft.file !== null;
  return (
    <>
      <p className="soft">
        {works.claim.most(formatYuan(work.story.milestones[milestone]!.amount))}
      </p>
      <KnownInvoices {...props} />
      <div className="section">
        <p className="field-label">{works.claim.file}</p>
        {draft.file && (
          <p data-invoice-file={draft.file.sha256}>
            {draft.file.name}{" "}
            <span className="mono soft">{formatGroups(draft.file.sha256, 16)}</span>
          </p>
        )}
        <HandIn
          community={community}
          label={works.claim.choose}
          onFile={(file) => change({ file })}
        />
      </div>
      <TextField
        label={works.claim.invoice}
        value={draft.invoice}
        onChange={(invoice) => change({ invoice })}
        required
      />
      <TextField
        label={works.amount}
        value={draft.amount}
        onChange={(typed) => change({ amount: typed })}
        required
      />
      <TermsFields community={community} terms={draft} onChange={change} />
      <Next
        onNext={() => change({ step: 1 })}
        why={isReady && isWhole(draft) ? undefined : works.claim.missing}
      />
    </>
  );
}

function WriteStep(props: StepProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work, milestone, draft, change } = props;
  const { invoice, amount, file, date, documents } = draft;
  const fen = readYuan(amount);
  const body = {
    ...{ ...toTerms(draft), milestone, invoice },
    ...{ amount: String(fen), sha256: file?.sha256 },
  };
  return (
    <Submit
      written={[
        works.claim.writtenInvoice(invoice, formatYuan(fen ?? 0n)),
        works.claim.once,
        works.written.terms(date, formatCount(documents.length)),
      ].join("\n")}
      label={works.claim.write}
      why={file && fen !== undefined ? undefined : works.claim.missing}
      act={() => writeStep({ community, project: work.story.project }, "invoices", body)}
      onDone={() => change({ sha256: file!.sha256, step: 2 })}
    />
  );
}

/** The claim's message, made by the service and shown word by word before it is signed. */
function SignStep(props: StepProps & { onDone: () => void }): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community, work, desk, draft, onDone } = props;
  const { project, plan } = work.story;
  const { sha256 } = draft;
  const message = useQuery({
    queryKey: ["claim", community, project, sha256],
    queryFn: () => draftClaim({ community, project }, sha256),
    staleTime: 0,
  });
  if (message.isPending) return <Loading />;
  if (message.isError) return <ProblemView error={message.error} />;
  const payee = plan ? projects.payeeText(plan.payee.name, plan.payee.accountTail) : "";
  return (
    <SignMessage
      community={community}
      typed={message.data}
      written={works.claim.written(payee, String(message.data.message["amountYuan"]))}
      label={works.claim.submit}
      sign={(at, typedData) =>
        submitClaim({ community: at, desk, typedData }, { project, invoice: sha256 })
      }
      onDone={onDone}
    />
  );
}

/** From an invoice to a claim that its author has signed; can be left and come back to. */
export function ClaimWizard(props: ClaimProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work, milestone } = props;
  const key = `${community}.${work.story.project}.claim.${milestone}`;
  const { draft, change, clear } = useKept<ClaimDraft>(key, { ...emptyTerms(), ...EMPTY });
  const step = { ...props, draft, change };
  return (
    <Wizard
      label={works.claim.submit}
      steps={works.claim.steps}
      now={draft.step}
      onStep={(chosen) => change({ step: draft.step === 2 ? 0 : chosen })}
    >
      {draft.step === 0 && <InvoiceStep {...step} />}
      {draft.step === 1 && <WriteStep {...step} />}
      {draft.step === 2 && <SignStep {...step} onDone={clear} />}
    </Wizard>
  );
}
