import type { ReactNode } from "react";
import { toAreaE4 } from "../../../protocol/registry/area.ts";
import { formatArea, formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { FileChoice } from "../../shell/file-choice.tsx";
import { Fold } from "../../shell/fold.tsx";
import { FIELDS, USES, type Field, type ImportReport, type Reading } from "./import.ts";
import { Buildings, ImportPreview, MergedOwners, Remarks } from "./import-preview.tsx";
import { useProgress } from "../progress.ts";
import type { RollDraft } from "./draft.ts";
import { Next } from "../wizard.tsx";

export interface StepProps {
  readonly community: string;
  readonly draft: RollDraft;
  readonly onChange: (change: Partial<RollDraft>) => void;
  readonly onNext: () => void;
  /** Why nobody may go on yet: the table is being read again. */
  readonly waits?: string | undefined;
}

/** A table is chosen, or the one that was chosen is read again. */
export type OnFile = (file: File | undefined) => void;

export function ReadingFields(props: {
  reading: Reading;
  onChange: (reading: Reading) => void;
}): ReactNode {
  const { roll } = useTexts("desk").desk;
  const { reading, onChange } = props;
  const { uses, developer } = reading;
  const toggle = (use: (typeof USES)[number]): void =>
    onChange({
      ...reading,
      uses: uses.includes(use) ? uses.filter((name) => name !== use) : [...uses, use],
    });
  return (
    <Fold title={roll.rules}>
      <fieldset>
        <legend className="field-label">{roll.usesTitle}</legend>
        {USES.map((use) => (
          <label className="tick" key={use}>
            <input type="checkbox" checked={uses.includes(use)} onChange={() => toggle(use)} />
            <span>{roll.uses[use]}</span>
          </label>
        ))}
      </fieldset>
      <TextField
        label={roll.developer}
        hint={roll.developerHint}
        value={developer}
        onChange={(given) => onChange({ ...reading, developer: given })}
      />
    </Fold>
  );
}

export function FileStep(props: StepProps & { onFile: OnFile }): ReactNode {
  const { officers } = useTexts("officers");
  const { draft, onChange, onFile } = props;
  return (
    <>
      <p className="soft">{officers.import.hint}</p>
      <ReadingFields reading={draft.reading} onChange={(reading) => onChange({ reading })} />
      <div className="actions">
        <FileChoice
          label={officers.import.file}
          accept=".csv,.xlsx"
          onFile={(_, file) => onFile(file)}
        />
      </div>
    </>
  );
}

/** Which column holds what; another choice is read again at once. */
export function ColumnsStep(
  props: StepProps & { report: ImportReport; onMapping: (reading: Reading) => void },
): ReactNode {
  const { roll } = useTexts("desk").desk;
  const { draft, report, onMapping, onNext, waits } = props;
  const options = [
    ["", roll.unused] as const,
    ...FIELDS.map((name) => [name, roll.fields[name]] as const),
  ];
  const choose = (title: string, field: Field | ""): void => {
    const kept = Object.entries(draft.reading.mapping).filter(
      ([name, column]) => column !== title && name !== field,
    );
    const mapping = { ...Object.fromEntries(kept), ...(field ? { [field]: title } : {}) };
    onMapping({ ...draft.reading, mapping });
  };
  return (
    <>
      <p className="soft">{roll.columnsHint}</p>
      <div className="field-row section">
        {report.columns.map(({ title, field }, i) => (
          <Choice<Field | "">
            key={`${i} ${title}`}
            label={title || roll.untitled(i + 1)}
            value={FIELDS.find((name) => name === field) ?? ""}
            options={options}
            onChange={(chosen) => choose(title, chosen)}
          />
        ))}
      </div>
      <Next onNext={onNext} why={waits} />
    </>
  );
}

export function LinesStep(props: StepProps & { report: ImportReport; onFile: OnFile }): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const { report, onFile, onNext, waits } = props;
  return (
    <div data-import={report.clean ? "clean" : "blocked"}>
      {report.clean ? (
        <p className="state state-done">✔ {desk.roll.linesClean(formatCount(report.units))}</p>
      ) : (
        <p className="state">✘ {officers.import.blocked}</p>
      )}
      <Remarks title={officers.import.rejected} remarks={report.rejected} />
      <Remarks title={officers.import.warnings} remarks={report.warnings} />
      <div className="actions">
        <FileChoice
          label={desk.roll.again}
          accept=".csv,.xlsx"
          onFile={(_, file) => onFile(file)}
        />
      </div>
      <Next onNext={onNext} why={waits ?? (report.clean ? undefined : desk.roll.linesFaulty)} />
    </div>
  );
}

function readArea(text: string): bigint | undefined {
  try {
    return toAreaE4(text.trim());
  } catch {
    return undefined;
  }
}

/** Why the register and the table do not agree; undefined where they do. */
function useDisagreement({ draft, report }: { draft: RollDraft; report: ImportReport }) {
  const { desk, shell } = useTexts("desk");
  const { totals } = desk.roll;
  const units = Number(draft.statedUnits);
  const area = readArea(draft.statedArea);
  if (draft.statedUnits.trim() === "" || draft.statedArea.trim() === "") return totals.missing;
  if (units !== report.units) return totals.units(formatCount(report.units - units));
  if (area === undefined) return totals.areaMalformed;
  if (area === report.area) return undefined;
  return totals.area(`${formatArea(report.area - area)} ${shell.areaUnit}`);
}

/** A building however it is written: 1, 1 幢, 1号楼. */
const toBuilding = (name: string): string => name.replace(/\s/g, "").replace(/[幢栋号楼座]+$/u, "");

function MissingBuildings(props: { community: string; report: ImportReport }): ReactNode {
  const { totals } = useTexts("desk").desk.roll;
  const listed = useProgress(props.community).data?.buildings ?? [];
  const found = new Set(props.report.buildings.map(({ building }) => toBuilding(building)));
  const missing = listed.filter((name) => !found.has(toBuilding(name)));
  if (listed.length === 0) return null;
  if (missing.length === 0) return <p className="state state-done">✔ {totals.buildings}</p>;
  return <p className="state">✘ {totals.buildingsMissing(missing.join("、"))}</p>;
}

export function TotalsStep(props: StepProps & { report: ImportReport }): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const { community, draft, report, onChange, onNext } = props;
  const why = useDisagreement(props);
  return (
    <>
      <p className="soft">{desk.roll.totals.hint}</p>
      <ImportPreview report={report} />
      <div className="field-row section">
        <TextField
          label={desk.roll.totals.statedUnits}
          type="number"
          value={draft.statedUnits}
          onChange={(statedUnits) => onChange({ statedUnits })}
        />
        <TextField
          label={desk.roll.totals.statedArea}
          value={draft.statedArea}
          onChange={(statedArea) => onChange({ statedArea })}
        />
      </div>
      <div className="section">
        <MissingBuildings community={community} report={report} />
      </div>
      <MergedOwners title={officers.import.merged} merged={report.merged.largest} />
      <MergedOwners title={officers.import.overlapping} merged={report.overlapping} />
      <Buildings report={report} />
      <Next onNext={onNext} why={why} />
    </>
  );
}
