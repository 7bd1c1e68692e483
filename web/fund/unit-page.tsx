import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { formatDay, formatYuan } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { OwnerSignIn } from "../registry/owner-sign-in.tsx";
import { useMutation } from "../service/query.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { PrintFoot } from "../shell/print-foot.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Checked } from "./checked.tsx";
import { useOwnFund, type OwnFund, type OwnUnit, type Published } from "./own.ts";
import { Reconciled } from "./reconciled.tsx";
import { UnitLedger } from "./unit-ledger.tsx";
import "../style/fund.css";

function Proof(props: { community: string; unit: OwnUnit; published: Published }): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { community, unit, published } = props;
  const checking = useMutation({
    mutationFn: async () => {
      // What checks is several times the page: it is loaded by who wants to check.
      const { checkUnit } = await import("./unit-check.ts");
      return checkUnit(community, unit, published);
    },
  });
  const { data } = checking;
  return (
    <div className="stack screen-only">
      <h3>{fund.mine.proof.title}</h3>
      <p>{fund.mine.proof.intro(formatDay(published.date, language))}</p>
      {checking.isError && <ProblemView error={checking.error} />}
      {data && (
        <Checked
          checked={data.checked}
          lines={[
            { text: fund.mine.proof.inRoot, passed: data.inRoot },
            { text: fund.mine.proof.isLedger(formatYuan(data.total)), passed: data.isLedger },
            ...(data.isBank === undefined
              ? []
              : [{ text: fund.mine.proof.isBank, passed: data.isBank }]),
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
          {fund.mine.proof.start}
        </button>
      </div>
    </div>
  );
}

function Units(props: { community: string; own: OwnFund }): ReactNode {
  const { fund } = useTexts("fund");
  const { community, own } = props;
  if (own.units.length === 0) return <p className="empty">{fund.mine.noUnits}</p>;
  return own.units.map((unit) => (
    <section className="section stack" key={unit.unit} data-unit={unit.unit}>
      <h2 className="ruled">{unit.unit}</h2>
      <UnitLedger community={community} unit={unit} />
      {own.balances && unit.proof ? (
        <Proof community={community} unit={unit} published={own.balances} />
      ) : (
        <p className="soft">{fund.mine.proof.none}</p>
      )}
    </section>
  ));
}

function Mine(props: { community: string }): ReactNode {
  const { fund, registry } = useTexts("fund");
  const { community } = props;
  const own = useOwnFund(community);
  if (own.isPending) return <Loading tall />;
  if (own.isError) return <ProblemView error={own.error} onRetry={() => void own.refetch()} />;
  const { data } = own;
  if (!("kind" in data)) return <Units community={community} own={data} />;
  if (data.kind === "signIn") {
    return <OwnerSignIn kept={data.kept} onChanged={() => void own.refetch()} />;
  }
  return (
    <div className="problem">
      <p className="problem-what">{fund.mine.noKey}</p>
      <p>{fund.mine.noKeyCure}</p>
      <div className="actions">
        <Link className="button button-main" href={`/communities/${community}/enrol`}>
          {registry.enrol}
        </Link>
      </div>
    </div>
  );
}

/** The sub-ledger (分户账) of the reader's own flats, with the proof that it is part of what was published. */
export default function UnitPage(): ReactNode {
  const { fund } = useTexts("fund");
  const { community: id = "" } = useParams<{ community: string }>();
  const community = useCommunity(id);
  if (community.isPending) return <Loading tall />;
  if (community.isError) {
    return <ProblemView error={community.error} onRetry={() => void community.refetch()} />;
  }
  return (
    <Page
      title={fund.mine.title}
      over={<Link href={`/communities/${id}/fund`}>{community.data.name}</Link>}
    >
      <p className="lead">{fund.mine.intro}</p>
      <Reconciled community={id} fund="maintenance" />
      <Mine community={id} />
      <PrintFoot root={community.data.log.root} />
    </Page>
  );
}
