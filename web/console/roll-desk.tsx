import { useMutation, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { formatArea, formatCount } from "../language/format.ts";
import { useAllMessages } from "../language/language.tsx";
import { TextField } from "../shell/field.tsx";
import { FileChoice } from "../shell/file-choice.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { ImportPreview } from "./import-preview.tsx";
import { previewRoll, proposeRoll } from "./import.ts";
import type { DeskProps } from "./officers-page.tsx";
import { useRolls } from "./rolls.ts";

function FreezeForm(props: DeskProps & { id: string; onProposed: () => void }): ReactNode {
  const { officers } = useAllMessages();
  const queries = useQueryClient();
  const [scope, setScope] = useState("");
  const proposing = useMutation({
    mutationFn: () => proposeRoll(props.community, props.id, scope),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["proposals"] });
      props.onProposed();
    },
  });
  return (
    <form
      className="section"
      onSubmit={(event) => {
        event.preventDefault();
        proposing.mutate();
      }}
    >
      <TextField label={officers.import.scope} value={scope} onChange={setScope} required />
      {proposing.isError && <ProblemView error={proposing.error} />}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={proposing.isPending}>
          {officers.import.freeze}
        </button>
      </div>
    </form>
  );
}

function ImportSection(props: DeskProps): ReactNode {
  const { officers } = useAllMessages();
  const [statedArea, setStatedArea] = useState("");
  const [isProposed, setProposed] = useState(false);
  const previewing = useMutation({
    mutationFn: (file: File) => previewRoll(props.community, file, statedArea),
  });
  const { data } = previewing;
  return (
    <section className="section">
      <h2>{officers.import.title}</h2>
      <p className="soft">{officers.import.hint}</p>
      <TextField label={officers.import.statedArea} value={statedArea} onChange={setStatedArea} />
      <div className="actions">
        <FileChoice
          label={officers.import.file}
          accept=".csv,.xlsx"
          onFile={(_, file) => {
            setProposed(false);
            previewing.mutate(file);
          }}
        />
      </div>
      {previewing.isPending && <p role="status">{officers.import.previewing}</p>}
      {previewing.isError && <ProblemView error={previewing.error} />}
      {data && <ImportPreview report={data.report} />}
      {data?.report.clean && !isProposed && props.desk.officer.roles.includes("registrar") && (
        <FreezeForm {...props} id={data.id} onProposed={() => setProposed(true)} />
      )}
      {isProposed && <p className="state state-done">✔ {officers.import.frozen}</p>}
    </section>
  );
}

function RollList(props: { community: string }): ReactNode {
  const { officers, registry, shell } = useAllMessages();
  const rolls = useRolls(props.community);
  if (!rolls.data?.length) return null;
  return (
    <section className="section">
      <h2>{registry.roll.title}</h2>
      <ul className="checks">
        {rolls.data.map(({ roll, scope, state, voters, totalArea, keys }) => (
          <li key={roll}>
            <strong>
              {roll}. {scope}
            </strong>
            <p className="soft small">
              {formatCount(voters)} {shell.headsUnit} · {formatArea(totalArea)} {shell.areaUnit} ·{" "}
              {officers.keys.count(formatCount(keys.bound - keys.revoked))} ·{" "}
              {officers.rollStates[state]}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RollDesk(props: DeskProps): ReactNode {
  return (
    <>
      <ImportSection {...props} />
      <RollList community={props.community} />
    </>
  );
}
