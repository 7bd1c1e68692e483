import { useMutation, useQuery, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useTexts } from "../language/language.tsx";
import type { OwnOfficerKey } from "../console/officer-key.ts";
import { InAppNotice } from "../registry/in-app-notice.tsx";
import { dropCode, takeCode } from "../registry/letter-code.ts";
import { CodeField } from "../shell/code-field.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { keyNumber } from "../signing/key-number.ts";
import { isPasskeyPossible } from "../signing/passkey.ts";
import { findWallet } from "../signing/wallet.ts";
import { claimOffice, findOffice, loadStanding, type Office, type Standing } from "./join.ts";
import { RoleDuties } from "./role-duties.tsx";
import "../style/console.css";
import "../style/meeting.css";

const POLL_MILLISECONDS = 3_000;

function CodeForm(props: { onFound: (code: string, office: Office) => void }): ReactNode {
  const { join } = useTexts("founding").founding;
  const [code, setCode] = useState("");
  const [isMissing, setMissing] = useState(false);
  const finding = useMutation({
    mutationFn: async () => ({ code, office: await findOffice(code) }),
    onSuccess: (found) => props.onFound(found.code, found.office),
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(code.trim() === "");
        if (code.trim() !== "") finding.mutate();
      }}
    >
      <p className="lead">{join.intro}</p>
      <CodeField
        label={join.code}
        hint={join.codeHint}
        missing={isMissing ? join.codeMissing : undefined}
        value={code}
        onChange={setCode}
      />
      {finding.isError && <ProblemView error={finding.error} />}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={finding.isPending}>
          {join.find}
        </button>
      </div>
    </form>
  );
}

type Way = OwnOfficerKey["kind"];

const listWays = (): readonly Way[] => [
  ...(isPasskeyPossible() ? (["passkey"] as const) : []),
  "device",
  ...(findWallet() ? (["wallet"] as const) : []),
];

/** Which office it is, and the ways of making a key for it. */
function ClaimForm(props: { code: string; office: Office; onClaimed: () => void }): ReactNode {
  const { founding, keys } = useTexts("founding", "keys");
  const { code, office, onClaimed } = props;
  const claiming = useMutation({
    mutationFn: (kind: Way) =>
      claimOffice({ code, office, kind, name: `${office.name} ${office.title}` }),
    onSuccess: onClaimed,
  });
  return (
    <div className="stack" data-office={office.title}>
      <InAppNotice />
      <p className="lead">{founding.join.office(office.name, office.title)}</p>
      <RoleDuties roles={office.roles} />
      <p className="note">{founding.join.own}</p>
      {claiming.isError && <ProblemView error={claiming.error} />}
      <ul className="ways">
        {listWays().map((way, i) => (
          <li key={way}>
            <button
              type="button"
              className={i === 0 ? "button button-main" : "button"}
              disabled={claiming.isPending}
              onClick={() => claiming.mutate(way)}
            >
              {founding.join.ways[way]}
            </button>
            <p className="soft small">{keys.wayHints[way]}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Waiting(props: { standing: Standing }): ReactNode {
  const { founding, keys } = useTexts("founding", "keys");
  const { office, keyId } = props.standing;
  return (
    <div className="stack" role="status" data-joined="waiting">
      <h2>… {founding.join.waiting}</h2>
      <p>{founding.join.waitingText(office.name, office.title)}</p>
      <p>
        {keys.number} <strong className="number key-number">{keyNumber(keyId)}</strong>
      </p>
      <p className="soft small">{founding.join.numberHint}</p>
    </div>
  );
}

function Appointed(props: { standing: Standing }): ReactNode {
  const { join } = useTexts("founding").founding;
  const { office } = props.standing;
  return (
    <div className="stack" role="status" data-joined="appointed">
      <h2>{join.appointed}</h2>
      <p>{join.appointedText(office.name, office.title)}</p>
      <div className="actions">
        <Link className="button button-main" href={`/officers/${office.community}`}>
          {join.toDesk}
        </Link>
      </div>
    </div>
  );
}

/** What a link leads to, whether it was in the address or is typed. */
function WithLink(props: { code: string; onClaimed: () => void }): ReactNode {
  const { code, onClaimed } = props;
  const [typed, setTyped] = useState<{ code: string; office: Office }>();
  const office = useQuery({
    queryKey: ["office", code],
    queryFn: async () => ({ code, office: await findOffice(code) }),
    enabled: code !== "",
    staleTime: Infinity,
    retry: false,
  });
  const found = typed ?? (code === "" ? undefined : office.data);
  if (found) return <ClaimForm {...found} onClaimed={onClaimed} />;
  if (code !== "" && office.isPending) return <Loading />;
  return (
    <>
      {office.isError && <ProblemView error={office.error} />}
      <CodeForm onFound={(given, known) => setTyped({ code: given, office: known })} />
    </>
  );
}

export default function JoinPage(): ReactNode {
  const { join } = useTexts("founding").founding;
  const queries = useQueryClient();
  const [code, setCode] = useState(takeCode);
  const standing = useQuery({
    queryKey: ["officeStanding"],
    queryFn: loadStanding,
    refetchInterval: POLL_MILLISECONDS,
  });
  const onClaimed = (): void => {
    dropCode();
    setCode("");
    queries.invalidateQueries({ queryKey: ["officeStanding"] });
    queries.invalidateQueries({ queryKey: ["desk"] });
  };
  const { data } = standing;
  return (
    <Page title={join.title}>
      {standing.isPending && <Loading tall />}
      {standing.isError && <ProblemView error={standing.error} />}
      {data !== undefined && (code !== "" || !data) && (
        <WithLink code={code} onClaimed={onClaimed} />
      )}
      {data &&
        code === "" &&
        (data.officer ? <Appointed standing={data} /> : <Waiting standing={data} />)}
    </Page>
  );
}
