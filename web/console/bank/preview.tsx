import type { ReactNode } from "react";
import { formatCount, formatDay, formatYuan } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { useMutation } from "../../service/query.ts";
import { ProblemView } from "../../shell/problem-view.tsx";
import { markOrganisation, type Preview } from "./bank.ts";

type Statement = Preview["statements"][number];

/** Whether it may be imported: nothing is wrong with any of its statements. */
export const isSound = ({ statements }: Preview): boolean =>
  statements.length > 0 && statements.every(({ problems }) => problems.length === 0);

function Problems(props: { problems: Statement["problems"] }): ReactNode {
  const { treasury, refusals } = useTexts("treasury", "refusals");
  return (
    <ul className="checks">
      {props.problems.map(({ code, params }, i) => (
        <li key={`${code} ${i}`} data-bank-problem={code}>
          {"line" in params && (
            <strong className="number">{treasury.preview.line(String(params["line"]))} </strong>
          )}
          ✘ {refusals[code]?.[0] ?? code}{" "}
          <span className="soft small">
            {Object.entries(params)
              .filter(([name]) => name !== "line")
              .map(([, value]) => String(value))
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function StatementView(props: { statement: Statement }): ReactNode {
  const { treasury, fund } = useTexts("treasury", "fund");
  const { language } = useLanguage();
  const { from, to, opening, closing, lines, added, repeated, problems } = props.statement;
  const yuan = (amount: bigint | undefined): string =>
    amount === undefined ? "—" : formatYuan(amount);
  return (
    <li className="stack">
      <h3>{fund.words.span(formatDay(from ?? "—", language), formatDay(to ?? "—", language))}</h3>
      <dl className="facts">
        <dt>{treasury.preview.opening}</dt>
        <dd className="number">{yuan(opening)}</dd>
        <dt>{treasury.preview.closing}</dt>
        <dd className="number">{yuan(closing)}</dd>
      </dl>
      <p>{treasury.preview.lines(formatCount(lines), formatCount(added), formatCount(repeated))}</p>
      {problems.length > 0 && <Problems problems={problems} />}
    </li>
  );
}

function Counterparties(props: {
  community: string;
  preview: Preview;
  onMarked: () => void;
}): ReactNode {
  const { treasury } = useTexts("treasury");
  const { community, preview, onMarked } = props;
  const marking = useMutation({
    mutationFn: (name: string) => markOrganisation(community, name),
    onSuccess: onMarked,
  });
  const open = preview.counterparties.filter(
    ({ isPublished, looksLikeOrganisation }) => !isPublished && looksLikeOrganisation,
  );
  if (open.length === 0) return null;
  return (
    <div className="stack">
      <h3>{treasury.preview.organisations}</h3>
      <p className="soft small">{treasury.preview.organisationsHint}</p>
      {marking.isError && <ProblemView error={marking.error} />}
      <ul className="checks">
        {open.map(({ name }) => (
          <li key={name}>
            {name}{" "}
            <button
              type="button"
              className="button button-quiet"
              disabled={marking.isPending}
              onClick={() => marking.mutate(name)}
            >
              {treasury.preview.mark}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What would come of the file: figures, and every problem with the line it is in. */
export function BankPreview(props: {
  community: string;
  preview: Preview;
  onMarked: () => void;
}): ReactNode {
  const { treasury } = useTexts("treasury");
  const { preview } = props;
  return (
    <div className="stack" data-bank-preview={isSound(preview) ? "sound" : "blocked"}>
      <ul>
        {preview.statements.map((statement, i) => (
          <StatementView key={i} statement={statement} />
        ))}
      </ul>
      {!isSound(preview) && <p className="state">✘ {treasury.preview.blocked}</p>}
      <Counterparties {...props} />
    </div>
  );
}
