import { useState, type FormEvent, type ReactNode } from "react";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { useMutation, useQueryClient } from "../service/query.ts";
import { TextArea } from "../shell/field.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { MAX_TALK_CHARACTERS } from "./talk.ts";

/** A text that will be public for good; what was typed stays until it is in. */
export function TalkForm(props: {
  label: string;
  hint: string;
  send: string;
  onSend: (text: string) => Promise<number>;
}): ReactNode {
  const { talk } = useTexts("talk");
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const sending = useMutation({
    mutationFn: () => props.onSend(text.trim()),
    onSuccess: () => {
      setText("");
      queries.invalidateQueries({ queryKey: ["talk"] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sending.mutate();
  };
  const isTooLong = text.length > MAX_TALK_CHARACTERS;
  return (
    <form className="stack" onSubmit={submit}>
      <TextArea label={props.label} value={text} onChange={setText} />
      <p className="field-hint">{props.hint}</p>
      {isTooLong && <p className="field-error">{talk.tooLong(formatCount(MAX_TALK_CHARACTERS))}</p>}
      {sending.isError && <ProblemView error={sending.error} />}
      <p role="status">
        {sending.isSuccess && (
          <span className="state state-done">✔ {talk.published(formatCount(sending.data))}</span>
        )}
      </p>
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={text.trim() === "" || isTooLong || sending.isPending}
        >
          {props.send}
        </button>
      </div>
    </form>
  );
}
