import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { formatCount, formatGroups, formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import { compareHead, type Head, type HeadComparison } from "./head-memory.ts";

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

function Sentence(props: { comparison: HeadComparison | undefined; failed: boolean }): ReactNode {
  const { anchor } = useMessages();
  const { language } = useLanguage();
  const { comparison, failed } = props;
  if (failed) return <p className="state">? {anchor.unknown}</p>;
  if (!comparison) return <p className="soft">{anchor.checking}</p>;
  if (comparison.kind === "first") return <p>{anchor.first}</p>;
  const since = formatTime(comparison.seen.at, language);
  if (comparison.kind === "changed") {
    return (
      <div className="problem" role="alert">
        <p className="problem-what">✘ {anchor.changed}</p>
        <p>{anchor.changedCure}</p>
      </div>
    );
  }
  const text = comparison.kind === "same" ? anchor.same(since) : anchor.unchanged(since);
  return <p className="state state-done">✔ {text}</p>;
}

/** The head of the community's log, compared with the one this browser saw last. */
export function HeadCard(props: { community: string; head: Head }): ReactNode {
  const { anchor } = useMessages();
  const { community, head } = props;
  const comparison = useQuery({
    queryKey: ["head", community, head.size, head.root],
    queryFn: () => compareHead(community, head),
    staleTime: Infinity,
  });
  const seen = comparison.data && "seen" in comparison.data ? comparison.data.seen : undefined;
  return (
    <section className="section stack">
      <h2 className="ruled">{anchor.title}</h2>
      <Sentence comparison={comparison.data} failed={comparison.isError} />
      <Fold title={anchor.size(formatCount(head.size))}>
        <dl className="facts">
          {seen && <HeadLine label={anchor.seen} head={seen} />}
          <HeadLine label={anchor.now} head={head} />
        </dl>
      </Fold>
    </section>
  );
}
