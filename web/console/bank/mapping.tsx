import type { ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import type { Mapping } from "./bank.ts";

const COLUMNS = [
  "date",
  "income",
  "expense",
  "amount",
  "direction",
  "balance",
  "counterparty",
  "counterpartyAccount",
  "text",
  "reference",
] as const;

/** Which title of the bank's table holds what; saved for the account with the import that it worked for. */
export function MappingFields(props: {
  mapping: Mapping;
  open: boolean;
  onChange: (mapping: Mapping) => void;
}): ReactNode {
  const { treasury } = useTexts("treasury");
  const { mapping, open, onChange } = props;
  const columns = mapping.columns ?? {};
  const setColumn = (name: string, title: string): void => {
    const rest = Object.entries({ ...columns, [name]: title }).filter(([, value]) => value !== "");
    onChange({ ...mapping, columns: Object.fromEntries(rest) });
  };
  return (
    <Fold title={treasury.mapping.title} open={open}>
      <p className="soft small">{treasury.mapping.hint}</p>
      <div className="field-row">
        {COLUMNS.map((name) => (
          <TextField
            key={name}
            label={treasury.mapping.columns[name]}
            value={columns[name] ?? ""}
            onChange={(title) => setColumn(name, title)}
          />
        ))}
        <Choice
          label={treasury.mapping.dates}
          value={mapping.dates ?? ""}
          options={Object.entries(treasury.mapping.dateOrders)}
          onChange={(dates) => onChange({ ...mapping, dates: dates || undefined })}
        />
        <Choice
          label={treasury.mapping.positive}
          value={mapping.positive ?? ""}
          options={Object.entries(treasury.mapping.positives)}
          onChange={(positive) => onChange({ ...mapping, positive: positive || undefined })}
        />
      </div>
    </Fold>
  );
}
