import { useMutation, useQueryClient } from "../../service/query.ts";
import { useState, type FormEvent, type ReactNode } from "react";
import type { Meeting } from "../../assembly/meeting.ts";
import { useMeetings } from "../../assembly/meeting-queries.ts";
import { formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { FileChoice } from "../../shell/file-choice.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { blankAnswers, PaperAnswers, type PaperProps } from "./answers.tsx";
import { PaperList } from "./list.tsx";
import { enterPaper } from "./paper.ts";

function EntryForm(props: PaperProps): ReactNode {
  const { paper } = useTexts("officers").officers;
  const queries = useQueryClient();
  const { community, meeting } = props;
  const [unit, setUnit] = useState("");
  const [answers, setAnswers] = useState(() => blankAnswers(meeting));
  const [scan, setScan] = useState<File>();
  const entering = useMutation({
    mutationFn: async () =>
      scan && enterPaper({ community, meeting: meeting.number }, { unit, answers, scan }),
    onSuccess: () => {
      setUnit("");
      setScan(undefined);
      setAnswers(blankAnswers(meeting));
      return queries.invalidateQueries({ queryKey: ["paper"] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    entering.mutate();
  };
  return (
    <form className="section" onSubmit={submit}>
      <h2>{paper.entry}</h2>
      <TextField label={paper.unit} value={unit} onChange={setUnit} required />
      <PaperAnswers meeting={meeting} answers={answers} onChange={setAnswers} />
      <div className="actions">
        <FileChoice
          label={scan ? `${paper.scan} ✔ ${scan.name}` : paper.scan}
          accept="application/pdf,image/jpeg,image/png"
          onFile={(_, file) => setScan(file)}
        />
        <button type="submit" className="button button-main" disabled={!scan || entering.isPending}>
          {paper.submit}
        </button>
      </div>
      {entering.isError && <ProblemView error={entering.error} />}
    </form>
  );
}

// Paper that arrived in time is entered until its own time is over.
const OPEN_STAGES: readonly Meeting["stage"][] = ["voting", "paper"];

export function PaperDesk(props: DeskProps): ReactNode {
  const { paper } = useTexts("officers").officers;
  const meetings = useMeetings(props.community);
  const [chosen, setChosen] = useState<string>();
  if (meetings.isPending) return <Loading />;
  if (meetings.isError) return <ProblemView error={meetings.error} />;
  const open = meetings.data.filter(({ stage }) => OPEN_STAGES.includes(stage));
  const meeting = open.find(({ number }) => String(number) === chosen) ?? open[0];
  if (!meeting) return <p className="empty">{paper.noMeeting}</p>;
  return (
    <>
      <Choice
        label={paper.meeting}
        value={String(meeting.number)}
        options={open.map(({ number, title }) => [
          String(number),
          `${formatCount(number)}. ${title}`,
        ])}
        onChange={setChosen}
      />
      <PaperList key={`list ${meeting.number}`} community={props.community} meeting={meeting} />
      <EntryForm key={`entry ${meeting.number}`} community={props.community} meeting={meeting} />
    </>
  );
}
