import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useOutside, type Outside } from "./outside.ts";

function WitnessLine(props: {
  witness: Outside["witnesses"][number];
  size: number | undefined;
}): ReactNode {
  const { audit } = useTexts("audit");
  const { language } = useLanguage();
  const { name, size, at } = props.witness;
  if (size === undefined || at === undefined) {
    return (
      <li>
        <strong>{name}</strong> <span className="soft">{audit.witness.never}</span>
      </li>
    );
  }
  const seen = audit.witness.seen(formatCount(size), formatTime(at, language));
  const isNewest = size === props.size;
  return (
    <li>
      <strong>{name}</strong>{" "}
      <span className={isNewest ? "state state-done" : "soft"}>
        {isNewest ? "✔ " : ""}
        {seen}
      </span>
    </li>
  );
}

function Timestamps(props: { community: string; timestamps: Outside["timestamps"] }): ReactNode {
  const { audit } = useTexts("audit");
  const { language } = useLanguage();
  const { authority, last } = props.timestamps;
  if (!last) {
    return (
      <p className="soft">{authority === undefined ? audit.stamp.none : audit.stamp.wanted}</p>
    );
  }
  const { size, at } = last;
  const url = communityPath(props.community, "/log/timestamp");
  return (
    <p>
      ✔ {audit.stamp.last(formatCount(size), formatTime(at, language), last.authority)}{" "}
      <a href={url} download>
        {audit.stamp.download}
      </a>
    </p>
  );
}

/** Who else has seen the log: whoever shows another history to them is found out. */
export function OutsidePart(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const outside = useOutside(props.community);
  if (outside.isPending) return <Loading />;
  if (outside.isError) return <ProblemView error={outside.error} />;
  const { witnesses, quorum, size, policy, timestamps } = outside.data;
  return (
    <section className="section stack">
      <h2 className="ruled">{audit.outside}</h2>
      <p>{witnesses.length > 0 ? audit.outsideHint : audit.noWitnesses}</p>
      {quorum && <p>{quorum.isReached ? `✔ ${audit.quorum}` : `? ${audit.noQuorum}`}</p>}
      <ul className="stack">
        {witnesses.map((witness) => (
          <WitnessLine key={witness.name} witness={witness} size={size} />
        ))}
      </ul>
      {policy !== undefined && (
        <Fold title={audit.policy}>
          <pre className="mono policy">{policy}</pre>
        </Fold>
      )}
      <Timestamps community={props.community} timestamps={timestamps} />
    </section>
  );
}
