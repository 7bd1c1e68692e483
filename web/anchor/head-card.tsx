import type { ReactNode } from "react";
import { formatCount, formatGroups, formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
import { useQuery } from "../service/query.ts";
import { Fold } from "../shell/fold.tsx";
import { type Cosigners, type HeadComparison, compareHead, saveEvidence } from "./head-memory.ts";
import type { Head } from "./seen-head.ts";

function HeadLine(props: { label: string; head: Head }): ReactNode {
  const { anchor } = useMessages();
  const { label, head } = props;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {anchor.size(formatCount(head.size))}
        <br />
        <span className="mono">{formatGroups(head.root)}</span>
      </dd>
    </>
  );
}

/** Two signed heads that contradict each other: said loudly, and kept. */
function Contradiction(props: { community: string; comparison: HeadComparison }): ReactNode {
  const { anchor } = useMessages();
  const { community, comparison } = props;
  return (
    <div className="problem" role="alert">
      <p className="problem-what">✘ {anchor.changed}</p>
      <p>{anchor.changedCure}</p>
      <div className="actions">
        <button className="button" onClick={() => saveEvidence(community, comparison)}>
          {anchor.evidence}
        </button>
      </div>
    </div>
  );
}

function Sentence(props: {
  community: string;
  comparison: HeadComparison | undefined;
  failed: boolean;
}): ReactNode {
  const { anchor } = useMessages();
  const { language } = useLanguage();
  const { community, comparison, failed } = props;
  if (failed) return <p className="state">? {anchor.unknown}</p>;
  if (!comparison) return <p className="soft">{anchor.checking}</p>;
  if (comparison.kind === "first") return <p>{anchor.first}</p>;
  if (comparison.kind === "changed") {
    return <Contradiction community={community} comparison={comparison} />;
  }
  const since = formatTime(comparison.seen.at, language);
  const text = comparison.kind === "same" ? anchor.same(since) : anchor.unchanged(since);
  return <p className="state state-done">✔ {text}</p>;
}

function CosignerLine(props: { cosigners: Cosigners }): ReactNode {
  const { anchor } = useMessages();
  const { language } = useLanguage();
  const { cosigned, missing } = props.cosigners;
  const list = (names: readonly string[]): string => new Intl.ListFormat(language).format(names);
  return (
    <>
      {cosigned.length > 0 && <p>✔ {anchor.cosigned(list(cosigned))}</p>}
      {missing.length > 0 && <p className="soft">{anchor.notCosigned(list(missing))}</p>}
    </>
  );
}

/** The signed head of the community's log, compared with the one this browser saw last. */
export function HeadCard(props: { community: string; head: Head; logKey: string }): ReactNode {
  const { anchor } = useMessages();
  const { community, head, logKey } = props;
  const comparison = useQuery({
    queryKey: ["head", community, head.size, head.root],
    queryFn: () => compareHead(community, { key: logKey }),
    staleTime: Infinity,
  });
  const { data } = comparison;
  const seen = data && "seen" in data ? data.seen : undefined;
  const now = data?.now ?? head;
  return (
    <section className="section stack">
      <h2 className="ruled">{anchor.title}</h2>
      <Sentence community={community} comparison={data} failed={comparison.isError} />
      {data?.cosigners && <CosignerLine cosigners={data.cosigners} />}
      <Fold title={anchor.size(formatCount(now.size))}>
        <dl className="facts">
          {seen && <HeadLine label={anchor.seen} head={seen} />}
          <HeadLine label={anchor.now} head={now} />
        </dl>
      </Fold>
    </section>
  );
}
