import { useState, type ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { ProblemView } from "../../shell/problem-view.tsx";
import { LastWord } from "../wizard.tsx";

/** The end of every form: what will be written, then the button; why not yet, where something is missing. */
export function Submit(props: {
  /** One thing a line. */
  written: string;
  label: string;
  why?: string | undefined;
  act: () => Promise<unknown>;
  onDone?: () => void;
}): ReactNode {
  const { works } = useTexts("works");
  const queries = useQueryClient();
  const { written, label, why, act, onDone } = props;
  // Ticked for these very words: when they change, they are to be read again.
  const [read, setRead] = useState<string>();
  const acting = useMutation({
    mutationFn: act,
    onSuccess: () => {
      setRead(undefined);
      onDone?.();
    },
    onSettled: () => queries.invalidateQueries(),
  });
  const isRead = read === written;
  return (
    <>
      {why === undefined && (
        <LastWord
          text={written}
          isRead={isRead}
          onRead={(isTicked) => setRead(isTicked ? written : undefined)}
        />
      )}
      {why !== undefined && <p className="state">{why}</p>}
      {acting.isError && <ProblemView error={acting.error} />}
      {acting.isSuccess && <p className="state state-done">✔ {works.done}</p>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={why !== undefined || !isRead || acting.isPending}
          onClick={() => acting.mutate()}
        >
          {label}
        </button>
      </div>
    </>
  );
}
