import { useMutation, useQuery, useQueryClient } from "../service/query.ts";
import type { ReactNode } from "react";
import { useAllMessages } from "../language/language.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { findWallet } from "../signing/wallet.ts";
import {
  askOfficerWallet,
  createOfficerKey,
  keepOfficerKey,
  type OfficerKey,
} from "./officer-key.ts";
import { listDemoOfficers } from "./officers.ts";

function DemoChoice(props: { onKey: (key: OfficerKey) => void }): ReactNode {
  const { officers } = useAllMessages();
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

export function SignIn(): ReactNode {
  const { officers } = useAllMessages();
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: async (find: () => Promise<OfficerKey>) => keepOfficerKey(await find()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <>
      <p className="lead">{officers.intro}</p>
      {entering.isError && <ProblemView error={entering.error} />}
      <DemoChoice onKey={(key) => entering.mutate(() => Promise.resolve(key))} />
      <section className="section">
        <h2>{officers.signIn}</h2>
        <div className="actions">
          <button
            type="button"
            className="button button-main"
            onClick={() => entering.mutate(createOfficerKey)}
          >
            {officers.signInDevice}
          </button>
          {findWallet() && (
            <button
              type="button"
              className="button"
              onClick={() => entering.mutate(askOfficerWallet)}
            >
              {officers.signInWallet}
            </button>
          )}
        </div>
      </section>
    </>
  );
}
