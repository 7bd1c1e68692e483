import type { ReactNode } from "react";
import { documentUrl } from "../anchor/documents.ts";
import { formatCount, formatDay, formatGroups, formatYuan } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import type { ProjectStep } from "./project-queries.ts";

interface StepProps {
  readonly community: string;
  readonly step: ProjectStep;
}

const AMOUNTS = ["amount", "estimate", "confirmed", "paid"] as const;

/** The figure of a step: what it is about in yuan. */
function amountOf({ record }: ProjectStep): string | undefined {
  const field = AMOUNTS.find((name) => typeof record[name] === "string");
  return field && formatYuan(BigInt(record[field] as string));
}

function Documents(props: StepProps): ReactNode {
  const { projects } = useTexts("projects");
  const { community, step } = props;
  if (step.documents.length === 0) return null;
  return (
    <ul className="small">
      {step.documents.map(({ name, sha256, public: isPublic }) => (
        <li key={sha256}>
          {isPublic ? (
            <a href={documentUrl(community, sha256)}>{name}</a>
          ) : (
            <>
              {name} <span className="soft">{projects.officersOnly}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Who(props: { step: ProjectStep }): ReactNode {
  const { projects } = useTexts("projects");
  const { office, signers, record } = props.step;
  const approvers = Array.isArray(record["approvers"]) ? record["approvers"].length : 0;
  const names = signers.map(({ office: signer }) => signer).join(projects.and);
  return (
    <p className="soft small">
      {projects.by(office)}
      {names !== "" && ` · ${projects.signedBy(names)}`}
      {approvers > 0 && ` · ${projects.approvedBy(formatCount(approvers))}`}
    </p>
  );
}

/** Where it stands: the record in the log, and the transaction on chain. */
function Place(props: StepProps): ReactNode {
  const { projects } = useTexts("projects");
  const { community, step } = props;
  const { recordIndex, recordLeaf, record } = step;
  const { transaction } = record;
  return (
    <Fold title={projects.where(formatCount(recordIndex))}>
      {step.documents.map(({ name, sha256 }) => (
        <p className="small" key={sha256}>
          {name} <span className="mono soft">{formatGroups(sha256, 16)}</span>
        </p>
      ))}
      <p className="small">
        <a href={communityPath(community, `/records/${recordIndex}`)}>{projects.openRecord}</a>{" "}
        <span className="mono soft">{formatGroups(recordLeaf, 16)}</span>
      </p>
      {typeof transaction === "string" && (
        <p className="small">
          {projects.transaction} <span className="mono soft">{formatGroups(transaction, 16)}</span>
        </p>
      )}
    </Fold>
  );
}

function Step(props: StepProps): ReactNode {
  const { projects } = useTexts("projects");
  const { language } = useLanguage();
  const { step } = props;
  const { type, date, note, record } = step;
  const rejected = type === "projectAcceptance" && record["accepted"] === false;
  const title = rejected ? projects.rejected : (projects.steps[type] ?? type);
  const amount = amountOf(step);
  return (
    <li className="project-step stack" data-step={type}>
      <h3>
        {title} {amount && <span className="number nowrap">{amount}</span>}
      </h3>
      <p>
        <span className="soft nowrap">{formatDay(date, language)}</span> {note}
      </p>
      <Documents {...props} />
      <Who step={step} />
      <Place {...props} />
    </li>
  );
}

/** The story in the order of its records. */
export function ProjectSteps(props: {
  community: string;
  steps: readonly ProjectStep[];
}): ReactNode {
  return (
    <ol className="project-steps">
      {props.steps.map((step) => (
        <Step key={step.step} community={props.community} step={step} />
      ))}
    </ol>
  );
}
