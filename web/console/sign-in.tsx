import { useMutation, useQuery, useQueryClient } from "../service/query.ts";
import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { isPasskeyPossible } from "../signing/passkey.ts";
import { logIn } from "../signing/session.ts";
import { findWallet } from "../signing/wallet.ts";
import { createOfficerKey, keepOfficerKey, toLoginSigner, type OfficerKey } from "./officer-key.ts";
import { listDemoOfficers, signInWithPasskey, type Desk } from "./officers.ts";

function DemoChoice(props: { onKey: (key: OfficerKey) => void }): ReactNode {
  const { officers } = useTexts("officers");
  const demo = useQuery({ queryKey: ["demo-officers"], queryFn: listDemoOfficers, retry: false });
  if (!demo.data?.length) return null;
  return (
    <section className="section">
      <h2>{officers.signInDemo}</h2>
      <div className="actions">
        {demo.data.map(({ title, privateKey }) => (
          <button
            key={privateKey}
            type="button"
            className="button"
            onClick={() => props.onKey({ kind: "public", privateKey })}
          >
            {title}
          </button>
        ))}
      </div>
      <p className="soft small">{officers.demoHint}</p>
    </section>
  );
}

/** The ways in, the best first. */
function Ways(props: { community: string; enter: (how: () => Promise<void>) => void }): ReactNode {
  const { officers } = useTexts("officers");
  const { community, enter } = props;
  const take = (kind: "device" | "wallet") => async () =>
    keepOfficerKey(await createOfficerKey(kind, ""));
  return (
    <ul className="ways">
      {isPasskeyPossible() && (
        <li>
          <button
            type="button"
            className="button button-main"
            onClick={() => enter(() => signInWithPasskey(community))}
          >
            {officers.signInPasskey}
          </button>
          <p className="soft small">{officers.signInPasskeyHint}</p>
        </li>
      )}
      <li>
        <button type="button" className="button" onClick={() => enter(take("device"))}>
          {officers.signInDevice}
        </button>
      </li>
      {findWallet() && (
        <li>
          <button type="button" className="button" onClick={() => enter(take("wallet"))}>
            {officers.signInWallet}
          </button>
        </li>
      )}
    </ul>
  );
}

export function SignIn(props: { community: string }): ReactNode {
  const { officers } = useTexts("officers");
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: (enter: () => Promise<void>) => enter(),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <>
      <p className="lead">{officers.intro}</p>
      {entering.isError && <ProblemView error={entering.error} />}
      <DemoChoice onKey={(key) => entering.mutate(() => keepOfficerKey(key))} />
      <section className="section">
        <h2>{officers.signIn}</h2>
        <Ways community={props.community} enter={(how) => entering.mutate(how)} />
        <p className="note section">{officers.newHere}</p>
      </section>
    </>
  );
}

/** The session is over: a key that asks its holder is used when he says so. */
export function ComeBack(props: { desk: Desk }): ReactNode {
  const { keys, officers } = useTexts("keys", "officers");
  const queries = useQueryClient();
  const { key, officer } = props.desk;
  const entering = useMutation({
    mutationFn: () => logIn(toLoginSigner(key)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <div className="stack">
      <p className="lead">{officers.comeBack(officer?.title ?? "")}</p>
      {entering.isError && <ProblemView error={entering.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={entering.isPending}
          onClick={() => entering.mutate()}
        >
          {key.kind === "public" ? officers.signIn : keys.signIn.buttons[key.kind]}
        </button>
      </div>
    </div>
  );
}
