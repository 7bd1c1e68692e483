import { useMutation, useQueryClient } from "../../service/query.ts";
import type { ReactNode } from "react";
import { formatCount, formatDate } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { useCommunity } from "../../registry/community.ts";
import { ProblemView } from "../../shell/problem-view.tsx";
import { QrCode } from "../../shell/qr-code.tsx";
import { issueInvitations, type Invitation, type RollPlace } from "./households.ts";
import "../../style/letter.css";

/** One household's letter: a sheet of A4 on paper. The code is in the fragment, which no server sees. */
function Letter(props: { community: string; name: string; invitation: Invitation }): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const { language } = useLanguage();
  const { community, name, invitation } = props;
  const { units, owners, code, expiresAt } = invitation;
  const address = `${location.origin}/communities/${community}/enrol`;
  return (
    <li className="invitation letter-page stack">
      <h3>{desk.letter.title(name)}</h3>
      <p>
        <strong>{units.join(" · ")}</strong> {owners.join(" · ")}
      </p>
      <p>{desk.letter.text}</p>
      <QrCode text={`${address}#code=${code}`} label={desk.letter.qr} />
      <p>{officers.keys.invitationLine}</p>
      <p className="mono">{address}</p>
      <p className="invitation-code">{code}</p>
      <ol className="numbered">
        {desk.letter.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="soft small">{desk.letter.until(formatDate(expiresAt, language))}</p>
      <p className="soft small">{desk.letter.paper}</p>
    </li>
  );
}

/** Codes are shown this once and nowhere kept. */
export function Letters(props: {
  community: string;
  invitations: readonly Invitation[];
}): ReactNode {
  const { desk, shell } = useTexts("desk");
  const { community, invitations } = props;
  const name = useCommunity(community).data?.name ?? "";
  return (
    <div className="letters">
      <p className="state screen-only">{desk.letter.once(formatCount(invitations.length))}</p>
      <div className="actions">
        <button type="button" className="button button-main" onClick={() => print()}>
          {shell.print}
        </button>
      </div>
      <ul className="section">
        {invitations.map((invitation) => (
          <Letter key={invitation.code} community={community} name={name} invitation={invitation} />
        ))}
      </ul>
    </div>
  );
}

export function LettersSection(props: { place: RollPlace; isRegistrar: boolean }): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const queries = useQueryClient();
  const { place, isRegistrar } = props;
  const issuing = useMutation({
    mutationFn: () => issueInvitations(place),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["households"] }),
  });
  return (
    <section className="section">
      <h2>{officers.keys.invitations}</h2>
      <p className="soft">{officers.keys.invitationsHint}</p>
      {issuing.isError && <ProblemView error={issuing.error} />}
      {issuing.data ? (
        <Letters community={place.community} invitations={issuing.data} />
      ) : (
        <>
          {!isRegistrar && <p className="soft">{desk.keys.registrarOnly}</p>}
          <div className="actions">
            <button
              type="button"
              className="button"
              disabled={!isRegistrar || issuing.isPending}
              onClick={() => issuing.mutate()}
            >
              {officers.keys.invitationsMake}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
