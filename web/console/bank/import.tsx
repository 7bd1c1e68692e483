import { useState, type ReactNode } from "react";
import { formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { TextField } from "../../shell/field.tsx";
import { FileChoice } from "../../shell/file-choice.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import {
  bankKey,
  importFile,
  previewFile,
  useMapping,
  type BankAccount,
  type BankFile,
  type Imported,
  type Mapping,
} from "./bank.ts";
import { BankPreview, isSound } from "./preview.tsx";
import { MappingFields } from "./mapping.tsx";

interface ImportProps {
  readonly community: string;
  readonly account: BankAccount;
}

function Done(props: { imported: Imported }): ReactNode {
  const { treasury } = useTexts("treasury");
  const sum = (read: (item: Imported["items"][number]) => number): string =>
    formatCount(props.imported.items.reduce((total, item) => total + read(item), 0));
  return (
    <p className="state state-done" role="status" data-imported>
      ✔{" "}
      {treasury.imported(
        sum(({ added }) => added),
        sum(({ repeated }) => repeated),
      )}
    </p>
  );
}

interface Balances {
  readonly opening: string;
  readonly closing: string;
}

/** For files that do not say them. */
function BalanceFields(props: {
  balances: Balances;
  onChange: (balances: Balances) => void;
}): ReactNode {
  const { treasury } = useTexts("treasury");
  const { balances, onChange } = props;
  return (
    <div className="field-row">
      {(["opening", "closing"] as const).map((name) => (
        <TextField
          key={name}
          label={treasury[name]}
          value={balances[name]}
          onChange={(value) => onChange({ ...balances, [name]: value })}
        />
      ))}
    </div>
  );
}

function useImporting({ community, account }: ImportProps, chosen: BankFile) {
  const queries = useQueryClient();
  const place = { community, account: account.account };
  const previewing = useMutation({
    mutationFn: async () => ({ of: chosen, preview: await previewFile(place, chosen) }),
  });
  const importing = useMutation({
    mutationFn: () => importFile(place, chosen),
    onSuccess: () => queries.invalidateQueries({ queryKey: bankKey(community) }),
  });
  return { previewing, importing, isBusy: previewing.isPending || importing.isPending };
}

/** Whether both are read alike. */
const isAlike = (a: BankFile, b: BankFile): boolean =>
  a.mapping === b.mapping && a.opening === b.opening && a.closing === b.closing;

/** A file, how it is read, and what would come of it; only then is it imported. */
function Chosen(props: ImportProps & { file: File; saved: Mapping }): ReactNode {
  const { treasury } = useTexts("treasury");
  const { community, file, saved } = props;
  const [mapping, setMapping] = useState(saved);
  const [balances, setBalances] = useState({ opening: "", closing: "" });
  const chosen: BankFile = { file, mapping, ...balances };
  const { previewing, importing, isBusy } = useImporting(props, chosen);
  if (importing.data) return <Done imported={importing.data} />;
  const previewed = previewing.data;
  // What was seen for other columns or balances says nothing of what would be imported.
  const data = previewed && isAlike(previewed.of, chosen) ? previewed.preview : undefined;
  const preview = (): void => previewing.mutate();
  return (
    <div className="stack">
      <p>
        <strong>{file.name}</strong>
      </p>
      <MappingFields mapping={mapping} open={previewing.isError} onChange={setMapping} />
      <BalanceFields balances={balances} onChange={setBalances} />
      {previewing.isError && <ProblemView error={previewing.error} />}
      {data && <BankPreview community={community} preview={data} onMarked={preview} />}
      {previewed && !data && (
        <p className="state" role="status" data-bank-preview="stale">
          {treasury.preview.stale}
        </p>
      )}
      {importing.isError && <ProblemView error={importing.error} />}
      <div className="actions">
        <button type="button" className="button" disabled={isBusy} onClick={preview}>
          {treasury.preview.start}
        </button>
        {data && isSound(data) && (
          <button
            type="button"
            className="button button-main"
            disabled={isBusy}
            onClick={() => importing.mutate()}
          >
            {treasury.import}
          </button>
        )}
      </div>
    </div>
  );
}

/** Imports a statement of an account. */
export function BankImport(props: ImportProps): ReactNode {
  const { treasury } = useTexts("treasury");
  const [file, setFile] = useState<{ file: File; at: number }>();
  const mapping = useMapping(props.community, props.account.account);
  if (mapping.isError) return <ProblemView error={mapping.error} />;
  return (
    <section className="section stack">
      <h2>{treasury.importTitle}</h2>
      <p className="soft">{treasury.importHint}</p>
      <div className="actions">
        <FileChoice
          label={treasury.file}
          accept=".csv,.xlsx,.xml,.ofx,.qfx"
          onFile={(_, chosen) => setFile({ file: chosen, at: Date.now() })}
        />
      </div>
      {file && mapping.data && (
        <Chosen key={file.at} {...props} file={file.file} saved={mapping.data} />
      )}
    </section>
  );
}
