import type { ReactNode } from "react";
import { formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { useProposals, type Proposal } from "../todo/proposals.ts";
import type { WorkProps } from "./forms.tsx";
import type { Claim, Work } from "./works.ts";

/** Who did what when. */
interface Deed {
  readonly at: number;
  readonly what: string;
  readonly who: string;
}

function useWords() {
  const { works, projects, officers } = useTexts("works", "projects", "officers");
  const kinds: Readonly<Record<string, string>> = officers.kinds;
  const rejected = (record: Readonly<Record<string, unknown>>): boolean =>
    record["accepted"] === false;
  return {
    ofSteps: ({ story }: Work): Deed[] =>
      story.story.map(({ at, type, office, note, record }) => ({
        ...{ at, who: office },
        what: `${rejected(record) ? projects.rejected : (projects.steps[type] ?? type)} · ${note}`,
      })),
    ofApprovals: (claims: readonly Claim[]): Deed[] =>
      claims.flatMap(({ claim, approvals }) =>
        approvals.map(({ at, office: who }) => ({
          ...{ at, who },
          what: works.history.approved(String(claim)),
        })),
      ),
    ofProposals: (proposals: readonly Proposal[]): Deed[] =>
      proposals.flatMap(({ kind, createdAt, createdByTitle, attestations, closedAt, state }) => {
        const name = kinds[kind] ?? kind;
        const signed = attestations.map(({ at, title: who }) => ({
          ...{ at, who, what: works.history.signed(name) },
        }));
        const isBack = state === "withdrawn" && closedAt !== undefined;
        const back = isBack ? [{ at: closedAt, who: "", what: works.history.back(name) }] : [];
        const made = { at: createdAt, who: createdByTitle, what: works.history.proposed(name) };
        return [made, ...signed, ...back];
      }),
  };
}

/** Everything that was done about a project at this desk, the newest first. */
export function WorksHistory(props: WorkProps): ReactNode {
  const { works } = useTexts("works");
  const { language } = useLanguage();
  const words = useWords();
  const { community, work } = props;
  const proposals = useProposals(community).data ?? [];
  const own = proposals.filter(({ summary }) => summary["project"] === work.story.project);
  const deeds = [
    ...words.ofSteps(work),
    ...words.ofApprovals(work.disbursement.claims),
    ...words.ofProposals(own),
  ].sort((a, b) => b.at - a.at);
  return (
    <section className="section">
      <h2>{works.history.title}</h2>
      <ul className="deeds small" data-history>
        {deeds.map(({ at, what, who }, i) => (
          // Two deeds may have the same second, words and office.
          <li key={i}>
            <span className="soft nowrap">{formatTime(at, language)}</span> {who} {what}
          </li>
        ))}
      </ul>
    </section>
  );
}
