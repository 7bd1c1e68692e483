import { useMutation, useQueryClient } from "../../service/query.ts";
import { useState, type ReactNode } from "react";
import { formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { blankAnswers, PaperAnswers, type PaperProps } from "./answers.tsx";
import { checkPaper, paperPath, proposeSealing, usePaper, type Paper } from "./paper.ts";

/** The second reading: from the scan alone, the first one is not shown. */
function CheckForm(props: PaperProps & { paper: Paper }): ReactNode {
  const texts = useTexts("officers").officers.paper;
  const queries = useQueryClient();
  const { community, meeting, paper } = props;
  const place = { community, meeting: meeting.number };
  const [answers, setAnswers] = useState(() => blankAnswers(meeting));
  const checking = useMutation({
    mutationFn: () => checkPaper(place, paper.id, answers),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["paper"] }),
  });
  return (
    <Fold title={texts.check}>
      <a href={paperPath(place, `/${paper.id}/scan`)} target="_blank" rel="noreferrer">
        {texts.scan}
      </a>
      <PaperAnswers meeting={meeting} answers={answers} onChange={setAnswers} />
      {checking.isError && <ProblemView error={checking.error} />}
      <div className="actions">
        <button type="button" className="button button-main" onClick={() => checking.mutate()}>
          {texts.submitCheck}
        </button>
      </div>
    </Fold>
  );
}

function PaperLine(props: PaperProps & { paper: Paper }): ReactNode {
  const texts = useTexts("officers").officers.paper;
  const { paper } = props;
  return (
    <li data-paper={paper.state}>
      <strong>{paper.unit}</strong> <span className="soft">{texts.states[paper.state]}</span>
      {paper.state === "entered" &&
        (paper.mine ? (
          <p className="soft small">{texts.enteredByYou}</p>
        ) : (
          <CheckForm {...props} />
        ))}
    </li>
  );
}

function SealButton(props: PaperProps & { checked: number }): ReactNode {
  const texts = useTexts("officers").officers.paper;
  const queries = useQueryClient();
  const { community, meeting, checked } = props;
  const sealing = useMutation({
    mutationFn: () => proposeSealing({ community, meeting: meeting.number }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <div className="actions">
      <button
        type="button"
        className="button"
        disabled={checked === 0 || sealing.isPending}
        onClick={() => sealing.mutate()}
      >
        {texts.seal(formatCount(checked))}
      </button>
      {sealing.isError && <ProblemView error={sealing.error} />}
    </div>
  );
}

export function PaperList(props: PaperProps): ReactNode {
  const texts = useTexts("officers").officers.paper;
  const { community, meeting } = props;
  const papers = usePaper({ community, meeting: meeting.number });
  if (papers.isPending) return <Loading />;
  if (papers.isError) return <ProblemView error={papers.error} />;
  const checked = papers.data.filter(({ state }) => state === "checked").length;
  return (
    <section className="section">
      <h2>{texts.title}</h2>
      {papers.data.length === 0 && <p className="empty">{texts.none}</p>}
      <ul className="checks">
        {papers.data.map((paper) => (
          <PaperLine key={paper.id} {...props} paper={paper} />
        ))}
      </ul>
      <SealButton {...props} checked={checked} />
    </section>
  );
}
