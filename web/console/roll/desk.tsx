import type { ReactNode } from "react";
import { formatArea, formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { RollWizard } from "./wizard.tsx";
import { useRolls } from "./rolls.ts";

function RollList(props: { community: string }): ReactNode {
  const { officers, registry, shell } = useTexts("officers");
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
      <RollWizard {...props} />
      <RollList community={props.community} />
    </>
  );
}
