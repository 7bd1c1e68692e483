import { useState, type ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { useMutation } from "../../service/query.ts";
import { TextArea, TextField } from "../../shell/field.tsx";
import { FileChoice } from "../../shell/file-choice.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { handIn, todayInChina, type HandedIn, type Terms } from "./works.ts";

/** A step that nobody has begun to write. */
export const emptyTerms = (): Terms => ({ date: todayInChina(), note: "", documents: [] });

export const isWhole = ({ date, note }: Terms): boolean => date !== "" && note.trim() !== "";

/** What the service takes of them; a form's draft holds more. */
export const toTerms = ({ date, note, documents }: Terms): Terms => ({ date, note, documents });

/** A file for the project, typed by what it holds. `onFile` gets what the service made of it. */
export function HandIn(props: {
  community: string;
  label: string;
  onFile: (file: HandedIn) => void;
}): ReactNode {
  const { works } = useTexts("works");
  const { community, label, onFile } = props;
  const [isPublic, setPublic] = useState(true);
  const handing = useMutation({
    mutationFn: (file: File) => handIn(community, { file, isPublic }),
    onSuccess: onFile,
  });
  return (
    <>
      <label className="tick">
        <input
          type="checkbox"
          checked={isPublic}
          onChange={({ target }) => setPublic(target.checked)}
        />
        <span>{works.isPublic}</span>
      </label>
      {handing.isError && <ProblemView error={handing.error} />}
      {handing.isPending && <p className="soft">… {works.handingIn}</p>}
      <div className="actions">
        <FileChoice
          label={label}
          accept="application/pdf,image/jpeg,image/png"
          onFile={(_, file) => handing.mutate(file)}
        />
      </div>
    </>
  );
}

interface TermsProps {
  readonly community: string;
  readonly terms: Terms;
  readonly onChange: (change: (current: Terms) => Partial<Terms>) => void;
}

function Documents(props: TermsProps): ReactNode {
  const { works, desk } = useTexts("works", "desk");
  const { community, terms, onChange } = props;
  return (
    <div className="section">
      <p className="field-label">{works.documents}</p>
      <p className="field-hint">{works.documentsHint}</p>
      <ul>
        {terms.documents.map(({ name, sha256 }) => (
          <li key={sha256} data-document={sha256}>
            {name}{" "}
            <button
              type="button"
              className="button button-quiet"
              onClick={() =>
                onChange(({ documents }) => ({
                  documents: documents.filter((own) => own.sha256 !== sha256),
                }))
              }
            >
              {desk.convene.removeDocument}
            </button>
          </li>
        ))}
      </ul>
      <HandIn
        community={community}
        label={works.attach}
        onFile={(file) =>
          onChange(({ documents }) => ({
            documents: [...documents.filter((own) => own.sha256 !== file.sha256), file],
          }))
        }
      />
    </div>
  );
}

/** When it happened, what happened in a sentence, and what shows it. */
export function TermsFields(props: TermsProps): ReactNode {
  const { works } = useTexts("works");
  const { terms, onChange } = props;
  return (
    <>
      <TextField
        label={works.date}
        type="date"
        value={terms.date}
        onChange={(date) => onChange(() => ({ date }))}
        required
      />
      <TextArea
        label={works.note}
        value={terms.note}
        onChange={(note) => onChange(() => ({ note }))}
        required
      />
      <Documents {...props} />
    </>
  );
}
