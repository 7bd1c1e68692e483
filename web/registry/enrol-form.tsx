import { useMutation } from "../service/query.ts";
import { useState, type FormEvent, type ReactNode } from "react";
import { useMessages } from "../language/language.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { KeptKey } from "../signing/device-key.ts";
import { findWallet } from "../signing/wallet.ts";
import { enrol } from "./enrolment.ts";

// Browsers inside other apps lose their storage; their names are in what they say they are.
const IN_APP = /MicroMessenger|QQ\/|AlipayClient|DingTalk|Weibo/;

function Intro(): ReactNode {
  const { registry } = useMessages();
  return (
    <>
      <p className="lead">{registry.enrol.intro}</p>
      {IN_APP.test(navigator.userAgent) && (
        <p className="note note-amber">{registry.enrol.inBrowser}</p>
      )}
    </>
  );
}

function CodeField(props: {
  value: string;
  isMissing: boolean;
  onChange: (code: string) => void;
}): ReactNode {
  const { registry } = useMessages();
  const { value, isMissing, onChange } = props;
  return (
    <div className="field">
      <label className="field-label" htmlFor="code">
        {registry.enrol.code}
      </label>
      <span className="field-hint" id="code-hint">
        {registry.enrol.codeHint}
      </span>
      <input
        id="code"
        className="input input-code"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        aria-describedby={isMissing ? "code-hint code-error" : "code-hint"}
        aria-invalid={isMissing}
      />
      {isMissing && (
        <p className="field-error" id="code-error">
          {registry.enrol.codeMissing}
        </p>
      )}
    </div>
  );
}

export function EnrolForm(props: { community: string; onEnrolled: () => void }): ReactNode {
  const { registry } = useMessages();
  const [code, setCode] = useState("");
  const [isMissing, setMissing] = useState(false);
  const enrolling = useMutation({
    mutationFn: (how: KeptKey["kind"]) => enrol(props.community, code, how),
    onSuccess: props.onEnrolled,
  });
  const start = (how: KeptKey["kind"]): void => {
    setMissing(code.trim() === "");
    if (code.trim() !== "") enrolling.mutate(how);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start("device");
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <Intro />
      <CodeField value={code} isMissing={isMissing} onChange={setCode} />
      {enrolling.isError && <ProblemView error={enrolling.error} />}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={enrolling.isPending}>
          {enrolling.isPending ? registry.enrol.working : registry.enrol.device}
        </button>
        {findWallet() && (
          <button
            type="button"
            className="button"
            disabled={enrolling.isPending}
            onClick={() => start("wallet")}
          >
            {registry.enrol.wallet}
          </button>
        )}
      </div>
      <p className="soft small">{registry.enrol.deviceHint}</p>
      <p className="note">{registry.enrol.paper}</p>
    </form>
  );
}
