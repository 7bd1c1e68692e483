import type { ReactNode } from "react";
import { FLAG_FORMULAS } from "../../protocol/anchor/record/kinds.ts";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import { instant, integer, list, maybe, object, oneOf, text, type Read } from "../service/shape.ts";
import { Fold } from "../shell/fold.tsx";

const flagShape = object({
  number: integer,
  formula: oneOf(FLAG_FORMULAS),
  inputs: list(object({ name: text, record: maybe(integer) })),
  recordIndex: integer,
  raisedAt: instant,
  answers: list(object({ number: integer, text, recordIndex: integer, answeredAt: instant })),
});

export type Flag = Read<typeof flagShape>;

const flagsShape = object({ items: list(flagShape) });

export function useFlags(community: string): UseQueryResult<readonly Flag[]> {
  return useQuery({
    queryKey: ["fund", community, "flags"],
    queryFn: async () =>
      (await request(communityPath(community, "/fund/flags?limit=100"), flagsShape)).items,
  });
}

/** What a question follows from, in the reader's language: records call it `entry 5`, `line 1-3` and the like. */
function useInputName(): (name: string) => string {
  const { inputs } = useTexts("fund").fund.flags;
  return (name) => {
    const [kind = "", number = ""] = name.split(" ");
    return Object.hasOwn(inputs, kind) ? inputs[kind as keyof typeof inputs](number) : name;
  };
}

/** One question that a formula raised, what it follows from, and what the committee says. */
export function FlagView(props: {
  community: string;
  flag: Flag;
  children?: ReactNode;
}): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const nameOf = useInputName();
  const { community, flag } = props;
  return (
    <li className="flag stack" data-flag={flag.formula} data-answered={flag.answers.length > 0}>
      <p>
        <strong>{fund.flags.titles[flag.formula]}</strong>{" "}
        <span className="soft small">
          {fund.flags.raised(formatCount(flag.number), formatTime(flag.raisedAt, language))}
        </span>
      </p>
      <p className="soft">{fund.flags.words[flag.formula]}</p>
      <p className="small">
        {fund.flags.from}{" "}
        {flag.inputs.map(({ name, record }, i) => (
          <span key={name}>
            {i > 0 && " · "}
            {record === undefined ? (
              nameOf(name)
            ) : (
              <a href={communityPath(community, `/records/${record}`)}>{nameOf(name)}</a>
            )}
          </span>
        ))}
      </p>
      {flag.answers.map((answer) => (
        <blockquote key={answer.number} className="answer">
          <p>{answer.text}</p>
          <p className="soft small">
            {fund.flags.answered(formatTime(answer.answeredAt, language))} ·{" "}
            <a href={communityPath(community, `/records/${answer.recordIndex}`)}>
              {fund.record(formatCount(answer.recordIndex))}
            </a>
          </p>
        </blockquote>
      ))}
      {flag.answers.length === 0 && <p className="state">{fund.flags.unanswered}</p>}
      {props.children}
    </li>
  );
}

/** What the published formulas found. */
export function Flags(props: { community: string }): ReactNode {
  const { fund } = useTexts("fund");
  const flags = useFlags(props.community);
  if (!flags.data) return null;
  const { data } = flags;
  return (
    <section className="section stack" id="flags">
      <h2 className="ruled">{fund.flags.title}</h2>
      <p className="soft">{fund.flags.intro}</p>
      {data.length === 0 ? (
        <p>{fund.flags.none}</p>
      ) : (
        <Fold title={fund.flags.count(formatCount(data.length))} open={data.length <= 5}>
          <ul className="cards">
            {data.map((flag) => (
              <FlagView key={flag.number} community={props.community} flag={flag} />
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}
