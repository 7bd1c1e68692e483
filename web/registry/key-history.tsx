import type { ReactNode } from "react";
import { formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { keyNumber } from "../signing/key-number.ts";
import type { Hex } from "../signing/signer.ts";
import type { OwnKey } from "./me.ts";

const MARKS = { waiting: "…", bound: "✔", revoked: "✘" } as const;

function useEvent(): (
  text: string,
  at: number | undefined,
  by: OwnKey["boundBy"],
) => string | undefined {
  const { shell, keys, registry } = useTexts("keys");
  const { language } = useLanguage();
  return (text, at, by) => {
    if (at === undefined) return undefined;
    const names = by.map(({ role, title }) => title || (registry.roles[role] ?? role));
    const who = names.length > 0 ? ` ${keys.history.by(names.join(keys.history.and))}` : "";
    return `${text}${shell.colon}${formatTime(at, language)}${who}`;
  };
}

function KeyLine(props: { own: OwnKey; isHere: boolean }): ReactNode {
  const { keys, shell } = useTexts("keys");
  const toEvent = useEvent();
  const { own, isHere } = props;
  const lines = [
    own.carried ? keys.history.carried : toEvent(keys.history.enrolled, own.enrolledAt, []),
    toEvent(keys.history.bound, own.boundAt, own.boundBy),
    toEvent(keys.history.revoked, own.revokedAt, own.revokedBy),
    own.reason && `${keys.history.reason}${shell.colon}${own.reason}`,
  ];
  return (
    <li data-key-state={own.state}>
      <strong>
        {MARKS[own.state]} {keys.history.states[own.state]}
      </strong>{" "}
      <span className="number">{keyNumber(own.keyId)}</span>{" "}
      {isHere && <span>{keys.history.here}</span>}
      <ul className="soft small">{lines.map((line) => line && <li key={line}>{line}</li>)}</ul>
    </li>
  );
}

/** Every key that ever stood or waited for this owner in a roll, when, and who confirmed it. */
export function KeyHistory(props: { keys: readonly OwnKey[]; keyId: Hex }): ReactNode {
  const { keys } = useTexts("keys");
  return (
    <section className="section">
      <h3>{keys.history.title}</h3>
      <p className="soft small">{keys.history.hint}</p>
      <ul className="checks">
        {props.keys.map((own) => (
          <KeyLine key={own.keyId} own={own} isHere={own.keyId === props.keyId} />
        ))}
      </ul>
    </section>
  );
}
