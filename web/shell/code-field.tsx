import type { ReactNode } from "react";

/** Where a code from a letter or a terminal is typed; `missing` says that nothing was. */
export function CodeField(props: {
  label: string;
  hint: string;
  missing: string | undefined;
  value: string;
  onChange: (code: string) => void;
}): ReactNode {
  const { label, hint, missing, value, onChange } = props;
  return (
    <div className="field">
      <label className="field-label" htmlFor="code">
        {label}
      </label>
      <span className="field-hint" id="code-hint">
        {hint}
      </span>
      <input
        id="code"
        className="input input-code"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        aria-describedby={missing ? "code-hint code-error" : "code-hint"}
        aria-invalid={missing !== undefined}
      />
      {missing && (
        <p className="field-error" id="code-error">
          {missing}
        </p>
      )}
    </div>
  );
}
