import { useState, type ReactNode } from "react";
import { Link, useLocation, useParams, useSearch } from "wouter";
import { formatDay } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { useMutation } from "../service/query.ts";
import { Choice } from "../shell/field.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { PrintFoot } from "../shell/print-foot.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useOverview, usePeriods, type Overview, type Period, type Span } from "./books.ts";
import { Checked } from "./checked.tsx";
import { Downloads } from "./downloads.tsx";
import { Entries } from "./entries.tsx";
import { Flags } from "./flags.tsx";
import { FundStatement } from "./fund-statement.tsx";
import "../style/fund.css";

/** A closed period by its number, the days since the last one, or everything. */
type Chosen = Period | "since" | "all";

function useChosen(periods: readonly Period[]): [Chosen, (value: string) => void] {
  const [path, navigate] = useLocation();
  const value = new URLSearchParams(useSearch()).get("period");
  const period = periods.find((known) => String(known.period) === value);
  const chosen = period ?? (value === "all" ? "all" : "since");
  return [chosen, (next) => navigate(next === "since" ? path : `${path}?period=${next}`)];
}

function PeriodChoice(props: {
  periods: readonly Period[];
  chosen: Chosen;
  onChoose: (value: string) => void;
}): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { periods, chosen, onChoose } = props;
  const options = periods.map(({ period, from, to }) => {
    return [
      String(period),
      `${fund.periodOf(String(period))} · ${fund.words.span(formatDay(from, language), formatDay(to, language))}`,
    ] as const;
  });
  return (
    <div className="fund-period screen-only">
      <Choice
        label={fund.words.period}
        value={typeof chosen === "object" ? String(chosen.period) : chosen}
        options={[["since", fund.since] as const, ...options, ["all", fund.wholeBook] as const]}
        onChange={onChoose}
      />
    </div>
  );
}

function StatementProof(props: { community: string; period: Period }): ReactNode {
  const { fund } = useTexts("fund");
  const { community, period } = props;
  const checking = useMutation({
    mutationFn: async () => {
      // What checks is several times the page: it is loaded by who wants to check.
      const { checkStatement } = await import("./statement-check.ts");
      return checkStatement(community, period);
    },
  });
  const { data } = checking;
  return (
    <section className="section stack screen-only">
      <h2>{fund.proof.title}</h2>
      <p>{fund.proof.intro}</p>
      {checking.isError && <ProblemView error={checking.error} />}
      {data && (
        <Checked
          checked={data.checked}
          lines={[
            { text: fund.proof.shown, passed: data.shown },
            { text: fund.proof.document, passed: data.document },
          ]}
        />
      )}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {fund.proof.start}
        </button>
      </div>
    </section>
  );
}

interface FundsProps {
  readonly community: string;
  readonly periods: readonly Period[];
}

/** The days whose entries are listed; all of them where nothing narrows them. */
function spanOf(chosen: Chosen, { from, to }: Overview): Span {
  if (chosen === "all") return {};
  return chosen === "since" ? { from, to } : { from: chosen.from, to: chosen.to };
}

function Funds(props: FundsProps): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { community, periods } = props;
  const [chosen, choose] = useChosen(periods);
  const [shown, setShown] = useState<number>();
  const overview = useOverview(community, chosen === "all" ? { from: "1970-01-01" } : {});
  if (overview.isPending) return <Loading tall />;
  if (overview.isError) {
    return <ProblemView error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  const period = typeof chosen === "object" ? chosen : undefined;
  const statements = period?.funds ?? overview.data.funds;
  const span = spanOf(chosen, overview.data);
  const show = (number: number | undefined): void => {
    setShown(number);
    if (number !== undefined) document.getElementById("entries")?.scrollIntoView();
  };
  return (
    <>
      <PeriodChoice periods={periods} chosen={chosen} onChoose={choose} />
      {span.from !== undefined && (
        <p className="soft">
          {period ? `${fund.periodOf(String(period.period))} · ` : ""}
          {fund.words.span(formatDay(span.from, language), formatDay(span.to ?? "", language))}
        </p>
      )}
      {statements.map((statement) => (
        <FundStatement
          key={statement.fund}
          community={community}
          statement={statement}
          overview={period ? { ...overview.data, funds: [] } : overview.data}
        />
      ))}
      <Flags community={community} />
      <Entries
        key={JSON.stringify(span)}
        community={community}
        span={span}
        shown={shown}
        onShow={show}
      />
      {period && <StatementProof key={period.period} community={community} period={period} />}
      <Downloads community={community} period={period} />
    </>
  );
}

export default function FundsPage(): ReactNode {
  const { fund, projects } = useTexts("fund", "projects");
  const { community: id = "" } = useParams<{ community: string }>();
  const community = useCommunity(id);
  const periods = usePeriods(id);
  if (community.isError) {
    return <ProblemView error={community.error} onRetry={() => void community.refetch()} />;
  }
  if (periods.isError) {
    return <ProblemView error={periods.error} onRetry={() => void periods.refetch()} />;
  }
  if (community.isPending || periods.isPending) return <Loading tall />;
  const { name, log } = community.data;
  return (
    <Page title={fund.title} over={<Link href={`/communities/${id}`}>{name}</Link>}>
      <p className="lead">{fund.intro}</p>
      <div className="actions screen-only">
        <Link className="button" href={`/communities/${id}/fund/mine`}>
          {fund.toMine}
        </Link>
        <Link className="button" href={`/communities/${id}/fund/projects`}>
          {projects.open}
        </Link>
      </div>
      <Funds community={id} periods={periods.data} />
      <PrintFoot root={log.root} />
    </Page>
  );
}
