import type { ReactNode } from "react";
import { formatCount, formatGroups, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useStatus } from "../shell/status.ts";
import { useHeads, type AnchoredHead } from "./outside.ts";

function Row(props: { label: string; value: string; mono?: boolean }): ReactNode {
  return (
    <div className="facts-row">
      <dt>{props.label}</dt>
      <dd className={props.mono ? "mono" : ""}>{props.value}</dd>
    </div>
  );
}

function HeadFacts(props: { head: AnchoredHead }): ReactNode {
  const { audit } = useTexts("audit");
  const { language } = useLanguage();
  const { size, root, transactionHash, blockNumber, anchoredAt } = props.head;
  const { head } = audit;
  return (
    <dl className="facts">
      <Row label={head.at} value={formatTime(anchoredAt, language)} />
      <Row label={head.size} value={formatCount(size)} />
      <Row label={head.block} value={formatCount(blockNumber)} />
      <Row label={head.root} value={formatGroups(root)} mono />
      <Row label={head.transaction} value={formatGroups(transactionHash)} mono />
    </dl>
  );
}

function ChainFacts(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const status = useStatus();
  const community = useCommunity(props.community).data;
  if (!status || !community) return null;
  const { kind, chainId, blockNumber } = status.chain;
  return (
    <dl className="facts">
      <Row label={audit.chain.kind} value={audit.chain.kinds[kind]} />
      <Row label={audit.chain.id} value={String(chainId)} />
      <Row label={audit.chain.block} value={formatCount(blockNumber)} />
      <Row label="Registry" value={community.registry} mono />
      <Row label="Anchor" value={community.anchor} mono />
      <Row label="Assembly" value={community.assembly} mono />
    </dl>
  );
}

/** The heads of the log on chain, and which chain that is. */
export function HeadsPart(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const heads = useHeads(props.community);
  if (heads.isPending) return <Loading />;
  if (heads.isError) return <ProblemView error={heads.error} />;
  const [newest, ...older] = heads.data;
  return (
    <section className="section stack">
      <h2 className="ruled">{audit.onChain}</h2>
      <p>{audit.onChainHint}</p>
      {newest && <HeadFacts head={newest} />}
      {older.length > 0 && (
        <Fold title={audit.older(formatCount(older.length))}>
          {older.map((head) => (
            <HeadFacts key={head.size} head={head} />
          ))}
        </Fold>
      )}
      <Fold title={audit.chain.title}>
        <ChainFacts community={props.community} />
      </Fold>
    </section>
  );
}
