import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { Facts } from "../shell/facts.tsx";

/** What an office has to do, role by role. */
export function RoleDuties(props: { roles: readonly string[] }): ReactNode {
  const { founding, registry } = useTexts("founding");
  const duties: Readonly<Record<string, string>> = founding.duties;
  return <Facts rows={props.roles.map((role) => [registry.roles[role] ?? role, duties[role]])} />;
}

/** Which roles an office has; registrar and committee sign together and are two people. */
export function RoleChoice(props: {
  chosen: readonly string[];
  options: readonly string[];
  onChange: (roles: string[]) => void;
}): ReactNode {
  const { founding, registry } = useTexts("founding");
  const { chosen, options, onChange } = props;
  const toggle = (role: string): void =>
    onChange(chosen.includes(role) ? chosen.filter((name) => name !== role) : [...chosen, role]);
  return (
    <fieldset className="field">
      <legend className="field-label">{founding.seats.roles}</legend>
      <span className="field-hint">{founding.seats.rolesHint}</span>
      {options.map((role) => (
        <label className="tick" key={role}>
          <input type="checkbox" checked={chosen.includes(role)} onChange={() => toggle(role)} />
          <span>{registry.roles[role] ?? role}</span>
        </label>
      ))}
    </fieldset>
  );
}
