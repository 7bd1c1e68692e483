import type { ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextArea, TextField } from "../../shell/field.tsx";
import { SCOPES, type Fields } from "./books.ts";

export interface FieldProps {
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
}

function PlacesField(props: FieldProps): ReactNode {
  const { form } = useTexts("treasury").treasury;
  const { fields, onChange } = props;
  if (fields.scope === "all") return null;
  return (
    <TextField
      label={form.places[fields.scope]}
      value={fields.places}
      onChange={(places) => onChange({ ...fields, places })}
      required
    />
  );
}

/** How the units share in an entry: by what, who of them, and whose area counts otherwise. */
export function SpreadFields(props: FieldProps): ReactNode {
  const { form } = useTexts("treasury").treasury;
  const { fields, onChange } = props;
  if (fields.spread === "") return null;
  return (
    <>
      <Choice
        label={form.spread}
        value={fields.spread}
        options={Object.entries(form.spreads)}
        onChange={(spread) => onChange({ ...fields, spread })}
      />
      <Choice
        label={form.scope}
        value={fields.scope}
        options={SCOPES.map((name) => [name, form.scopes[name]] as const)}
        onChange={(scope) => onChange({ ...fields, scope, places: "" })}
      />
      <PlacesField {...props} />
      {fields.spread === "area" && (
        <TextArea
          label={form.factors}
          value={fields.factors}
          onChange={(factors) => onChange({ ...fields, factors })}
        />
      )}
    </>
  );
}
