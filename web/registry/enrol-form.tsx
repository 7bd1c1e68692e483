import { useMutation } from "../service/query.ts";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { CodeField } from "../shell/code-field.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { KeptKey } from "../signing/kept-key.ts";
import { isPasskeyPossible } from "../signing/passkey.ts";
import { findWallet } from "../signing/wallet.ts";
import { enrol, takeUpPasskey } from "./enrolment.ts";
import { InAppNotice } from "./in-app-notice.tsx";
import { dropCode, takeCode } from "./letter-code.ts";

type Way = KeptKey["kind"];

/** What this browser can do, the best first. */
function listWays(): readonly Way[] {
  return [
    ...(isPasskeyPossible() ? (["passkey"] as const) : []),
    "device",
    ...(findWallet() ? (["wallet"] as const) : []),
  ];
}

function Ways(props: { isWorking: boolean; onStart: (way: Way) => void }): ReactNode {
  const { keys } = useTexts("keys");
  const { isWorking, onStart } = props;
  return (
    <>
      <ul className="ways">
        {listWays().map((way, i) => (
          <li key={way}>
            <button
              type={i === 0 ? "submit" : "button"}
              className={i === 0 ? "button button-main" : "button"}
              disabled={isWorking}
              onClick={i === 0 ? undefined : () => onStart(way)}
            >
              {keys.ways[way]}
            </button>
            <p className="soft small">{keys.wayHints[way]}</p>
          </li>
        ))}
      </ul>
      {isWorking && <p role="status">{keys.enrol.working}</p>}
    </>
  );
}

/** For a passkey that the phone has and this browser has not met. */
function TakeUp(props: { community: string; onDone: () => void }): ReactNode {
  const { keys } = useTexts("keys");
  const taking = useMutation({
    mutationFn: () => takeUpPasskey(props.community),
    onSuccess: props.onDone,
  });
  if (!isPasskeyPossible()) return null;
  return (
    <section className="section">
      <h2>{keys.takeUp.title}</h2>
      <p className="soft">{keys.takeUp.hint}</p>
      {taking.isError && <ProblemView error={taking.error} />}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={taking.isPending}
          onClick={() => taking.mutate()}
        >
          {keys.takeUp.button}
        </button>
      </div>
    </section>
  );
}

interface EnrolProps {
  readonly community: string;
  readonly name: string;
  readonly onEnrolled: () => void;
}

export function EnrolForm(props: EnrolProps): ReactNode {
  const { keys } = useTexts("keys");
  const { community, name, onEnrolled } = props;
  const [code, setCode] = useState(takeCode);
  const [isMissing, setMissing] = useState(false);
  const enrolling = useMutation({
    mutationFn: (how: Way) => enrol({ community, code, how, name: keys.passkeyName(name) }),
    onSuccess: () => {
      dropCode();
      onEnrolled();
    },
  });
  const start = (how: Way): void => {
    setMissing(code.trim() === "");
    if (code.trim() !== "") enrolling.mutate(how);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start(listWays()[0] ?? "device");
  };
  return (
    <>
      <InAppNotice />
      <form className="stack" onSubmit={submit} noValidate>
        <p className="lead">{keys.enrol.intro}</p>
        <CodeField
          label={keys.enrol.code}
          hint={keys.enrol.codeHint}
          missing={isMissing ? keys.enrol.codeMissing : undefined}
          value={code}
          onChange={setCode}
        />
        {enrolling.isError && <ProblemView error={enrolling.error} />}
        <Ways isWorking={enrolling.isPending} onStart={start} />
        <p className="note">{keys.enrol.paper}</p>
      </form>
      <TakeUp community={community} onDone={onEnrolled} />
    </>
  );
}
