import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { useMutation } from "../service/query.ts";
import { ProblemView } from "../shell/problem-view.tsx";
import { toSigner, type KeptKey } from "../signing/kept-key.ts";
import { logIn } from "../signing/session.ts";

/** A passkey or a wallet asks its holder, so it is he who says when. */
export function OwnerSignIn(props: { kept: KeptKey; onChanged: () => void }): ReactNode {
  const { keys } = useTexts("keys");
  const { kept, onChanged } = props;
  const entering = useMutation({ mutationFn: () => logIn(toSigner(kept)), onSuccess: onChanged });
  return (
    <div className="stack">
      <h2>{keys.signIn.title}</h2>
      <p>{keys.signIn.hint}</p>
      {entering.isError && <ProblemView error={entering.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={entering.isPending}
          onClick={() => entering.mutate()}
        >
          {keys.signIn.buttons[kept.kind]}
        </button>
      </div>
    </div>
  );
}
