import { useMutation, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { inspectNow, useIntegrity } from "../audit/integrity.ts";
import { proposeRedaction, useOpenFields, type OpenField } from "../audit/redactions.ts";
import { Sentence } from "../audit/sentence.tsx";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { Choice, TextField } from "../shell/field.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { DeskProps } from "./officers-page.tsx";

/** Inspects the installation now. */
function InspectionPart(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const queries = useQueryClient();
  const { community } = props;
  const integrity = useIntegrity(community);
  const asking = useMutation({
    mutationFn: () => inspectNow(community),
    onSettled: () => queries.invalidateQueries({ queryKey: ["integrity"] }),
  });
  if (integrity.isPending) return <Loading />;
  if (integrity.isError) return <ProblemView error={integrity.error} />;
  const isRunning = integrity.data.running || asking.isPending;
  return (
    <section className="section stack">
      <h2>{audit.desk.inspection}</h2>
      <Sentence integrity={integrity.data} />
      {asking.isError && <ProblemView error={asking.error} />}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={isRunning}
          onClick={() => asking.mutate()}
        >
          {isRunning ? audit.running : audit.desk.inspect}
        </button>
        <Link className="button button-quiet" href={`/communities/${community}/audit`}>
          {audit.title}
        </Link>
      </div>
    </section>
  );
}

const SHOWN_CHARACTERS = 40;
const shorten = (value: string): string =>
  value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;

function RedactionForm(props: { community: string; fields: readonly OpenField[] }): ReactNode {
  const { audit } = useTexts("audit");
  const queries = useQueryClient();
  const { community, fields } = props;
  const [chosen, setChosen] = useState("0");
  const [reason, setReason] = useState("");
  const field = fields[Number(chosen)];
  const proposing = useMutation({
    mutationFn: async () => field && proposeRedaction(community, field, reason.trim()),
    onSuccess: () => setReason(""),
    onSettled: () => queries.invalidateQueries({ queryKey: ["proposals"] }),
  });
  const options = fields.map(({ record, type, value }, i) => {
    const name = `${audit.desk.record(formatCount(record))} ${audit.kinds[type]}: ${shorten(value)}`;
    return [String(i), name] as const;
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        proposing.mutate();
      }}
    >
      <Choice label={audit.desk.field} value={chosen} options={options} onChange={setChosen} />
      {field && <blockquote className="said">{field.value}</blockquote>}
      <TextField
        label={audit.desk.why}
        hint={audit.desk.whyHint}
        value={reason}
        onChange={setReason}
        required
      />
      {proposing.isError && <ProblemView error={proposing.error} />}
      {proposing.isSuccess && (
        <p className="state state-done" role="status">
          ✔ {audit.desk.proposed}
        </p>
      )}
      <div className="actions">
        <button className="button button-main" disabled={proposing.isPending}>
          {audit.desk.propose}
        </button>
      </div>
    </form>
  );
}

/** Takes something out of a record that identifies a person: two officers, and the reason stays public. */
function RedactionPart(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const fields = useOpenFields(props.community);
  if (fields.isPending) return <Loading />;
  if (fields.isError) return <ProblemView error={fields.error} />;
  return (
    <section className="section stack" data-redaction-form>
      <h2>{audit.desk.redaction}</h2>
      <p>{audit.desk.redactionHint}</p>
      {fields.data.length === 0 ? (
        <p className="soft">{audit.desk.nothing}</p>
      ) : (
        <RedactionForm community={props.community} fields={fields.data} />
      )}
    </section>
  );
}

/** Evidence: whether everything is as it was recorded, and what has to be taken out of it. */
export function EvidenceDesk(props: DeskProps): ReactNode {
  const { roles } = props.desk.officer;
  const mayRedact = roles.includes("registrar") || roles.includes("committee");
  return (
    <>
      <InspectionPart community={props.community} />
      {mayRedact && <RedactionPart community={props.community} />}
    </>
  );
}
