import { useMutation, useQuery, useQueryClient } from "../../service/query.ts";
import { useRef, useState, type ReactNode } from "react";
import { formatArea, formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { TextField } from "../../shell/field.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import {
  listImports,
  previewRoll,
  proposeRoll,
  type Import,
  type Reading,
  type RollProposal,
} from "./import.ts";
import type { DeskProps } from "../officers-page.tsx";
import { RollDifferenceView } from "./difference.tsx";
import { EMPTY_ROLL_DRAFT, keepRollDraft, readRollDraft, type RollDraft } from "./draft.ts";
import { ColumnsStep, FileStep, LinesStep, TotalsStep, type StepProps } from "./steps.tsx";
import { LastWord, Next, Wizard } from "../wizard.tsx";

const toProposal = ({ scope, statedUnits, statedArea }: RollDraft): RollProposal => ({
  scope,
  register: { units: Number(statedUnits), area: statedArea.trim() },
});

/** The last step: what freezing the roll means, and who must sign. */
function ConfirmStep(
  props: StepProps & DeskProps & { found: Import; onDone: () => void },
): ReactNode {
  const { desk: texts, officers } = useTexts("desk", "officers");
  const queries = useQueryClient();
  const { community, desk, draft, found, onChange, onDone } = props;
  const [isRead, setRead] = useState(false);
  const proposing = useMutation({
    mutationFn: () => proposeRoll(community, found.id, toProposal(draft)),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ["proposals"] });
      onDone();
    },
  });
  const isRegistrar = desk.officer.roles.includes("registrar");
  const { voters, votingArea } = found.report;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        proposing.mutate();
      }}
    >
      <TextField
        label={officers.import.scope}
        value={draft.scope}
        onChange={(scope) => onChange({ scope })}
        required
      />
      <LastWord
        text={texts.roll.written(formatCount(voters), formatArea(votingArea))}
        isRead={isRead}
        onRead={setRead}
      />
      {!isRegistrar && <p className="state">{texts.roll.registrarOnly}</p>}
      {proposing.isError && <ProblemView error={proposing.error} />}
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={!isRead || !isRegistrar || proposing.isPending}
        >
          {officers.import.freeze}
        </button>
      </div>
    </form>
  );
}

function Step(
  props: StepProps &
    DeskProps & {
      found: Import;
      onFile: (file: File | undefined, reading?: Reading) => void;
      onDone: () => void;
    },
): ReactNode {
  const { desk } = useTexts("desk");
  const { community, draft, found, onFile, onNext } = props;
  const { report } = found;
  if (draft.step === 1) {
    return (
      <ColumnsStep {...props} report={report} onMapping={(reading) => onFile(undefined, reading)} />
    );
  }
  if (draft.step === 2) return <LinesStep {...props} report={report} />;
  if (draft.step === 3) return <TotalsStep {...props} report={report} />;
  if (draft.step === 4) {
    return (
      <>
        <p className="soft">{desk.difference.hint}</p>
        <RollDifferenceView community={community} of={`imports/${found.id}`} />
        <Next onNext={onNext} />
      </>
    );
  }
  return <ConfirmStep {...props} />;
}

/** The draft in this browser, and the import that it is about. */
function useRollDraft(community: string) {
  const [draft, setDraft] = useState(() => readRollDraft(community));
  const [fresh, setFresh] = useState<Import>();
  const kept = useQuery({
    queryKey: ["imports", community],
    queryFn: () => listImports(community),
    enabled: draft.importId !== "" && fresh?.id !== draft.importId,
  });
  const change = (part: Partial<RollDraft>): void =>
    setDraft((before) => {
      const next = { ...before, ...part };
      keepRollDraft(community, next);
      return next;
    });
  const clear = (): void => {
    keepRollDraft(community, undefined);
    setDraft(EMPTY_ROLL_DRAFT);
    setFresh(undefined);
  };
  const found = [...(fresh ? [fresh] : []), ...(kept.data ?? [])].find(
    ({ id }) => id === draft.importId,
  );
  const isLoading = draft.importId !== "" && !found && kept.isPending;
  return { draft, found, isLoading, change, clear, setFresh };
}

/** Reads the table, again with each change of how; only the last reading counts, however late the others come. */
function useReading(community: string, onRead: (made: Import) => void) {
  const asked = useRef(0);
  return useMutation({
    mutationFn: async ({ table, how }: { table: File; how: Reading }) => {
      const mine = ++asked.current;
      return { mine, made: await previewRoll(community, table, how) };
    },
    onSuccess: ({ mine, made }) => {
      if (mine === asked.current) onRead(made);
    },
  });
}

/** From a property office's table to a roll that two officers sign; can be left and come back to. */
export function RollWizard(props: DeskProps): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const { community } = props;
  const { draft, found, isLoading, change, clear, setFresh } = useRollDraft(community);
  const [file, setFile] = useState<File>();
  const [isProposed, setProposed] = useState(false);
  const reading = useReading(community, (made) => {
    setFresh(made);
    change({ importId: made.id, step: 1 });
  });
  const onFile = (table: File | undefined, how: Reading = draft.reading): void => {
    change({ reading: how });
    setProposed(false);
    if (table) setFile(table);
    const chosen = table ?? file;
    if (chosen) reading.mutate({ table: chosen, how });
    else change({ step: 0 });
  };
  const onDone = (): void => {
    clear();
    setProposed(true);
  };
  if (isLoading) return <Loading />;
  const step = found ? draft.step : 0;
  const stepProps = {
    ...{ ...props, draft, onChange: change, onNext: () => change({ step: step + 1 }) },
    waits: reading.isPending ? officers.import.previewing : undefined,
  };
  return (
    <Wizard
      label={officers.import.title}
      steps={desk.roll.steps}
      now={step}
      onStep={(chosen) => change({ step: chosen })}
    >
      {reading.isPending && step === 0 && <p role="status">{officers.import.previewing}</p>}
      {reading.isError && <ProblemView error={reading.error} />}
      {isProposed && <p className="state state-done">✔ {officers.import.frozen}</p>}
      {found && step > 0 ? (
        <Step {...stepProps} found={found} onFile={onFile} onDone={onDone} />
      ) : (
        <FileStep {...stepProps} onFile={onFile} />
      )}
    </Wizard>
  );
}
