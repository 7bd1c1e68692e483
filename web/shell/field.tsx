import { useId, type InputHTMLAttributes, type ReactNode } from "react";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A label over a text field. */
export function TextField(
  props: FieldProps & { type?: InputHTMLAttributes<HTMLInputElement>["type"]; required?: boolean },
): ReactNode {
  const id = useId();
  const { label, hint, value, onChange, type = "text", required } = props;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={id}
        className="input"
        type={type}
        value={value}
        required={required}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

export function TextArea(props: FieldProps & { required?: boolean }): ReactNode {
  const id = useId();
  const { label, value, onChange, required } = props;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="input"
        value={value}
        required={required}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChange: (value: T) => void;
}): ReactNode {
  const id = useId();
  const { label, value, options, onChange } = props;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={({ target }) => {
          const chosen = options.find(([option]) => option === target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
