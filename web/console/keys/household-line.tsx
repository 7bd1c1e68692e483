import { useMutation, useQueryClient } from "../../service/query.ts";
import { useState, type ReactNode } from "react";
import { formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { keyNumber } from "../../signing/key-number.ts";
import {
  issueInvitations,
  proposeRevocation,
  refuseKey,
  type HeldKey,
  type Household,
  type RollPlace,
  type WaitingKey,
} from "./households.ts";
import { Letters } from "./letters.tsx";

export interface LineProps {
  readonly place: RollPlace;
  readonly isRegistrar: boolean;
  readonly household: Household;
  /** Waiting keys whose holders' identity was checked. */
  readonly checked: readonly string[];
  readonly onCheck: (enrolment: string, isChecked: boolean) => void;
}

/** Something that asks for a reason; the reason is kept, and a revocation's is published. */
function ReasonForm(props: {
  title: string;
  button: string;
  isOff?: boolean;
  act: (reason: string) => Promise<void>;
}): ReactNode {
  const { keys } = useTexts("desk").desk;
  const queries = useQueryClient();
  const { title, button, isOff = false, act } = props;
  const [reason, setReason] = useState("");
  const acting = useMutation({
    mutationFn: () => act(reason),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <Fold title={title}>
      <TextField label={keys.reason} hint={keys.reasonHint} value={reason} onChange={setReason} />
      {acting.isError && <ProblemView error={acting.error} />}
      {acting.isSuccess && <p className="state state-done">✔</p>}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={isOff || reason.trim() === "" || acting.isPending}
          onClick={() => acting.mutate()}
        >
          {button}
        </button>
      </div>
    </Fold>
  );
}

function Waiting(props: LineProps & { waiting: WaitingKey }): ReactNode {
  const { desk, keys } = useTexts("desk", "keys");
  const { language } = useLanguage();
  const { place, isRegistrar, waiting, checked, onCheck } = props;
  const { id, state, form, kind, keyId, createdAt, carried } = waiting;
  const kindName = desk.keys.kinds[kind === 0 ? "wallet" : form === 2 ? "passkey" : "device"];
  return (
    <div className="stack" data-waiting={state}>
      <p>
        {keys.number} <strong className="number key-number">{keyNumber(keyId)}</strong>{" "}
        <span className="soft small">
          {kindName} · {formatTime(createdAt, language)}
          {carried && ` · ${keys.history.carried}`}
        </span>
      </p>
      {state === "proposed" ? (
        <p className="state">… {desk.keys.proposed}</p>
      ) : (
        <>
          <label className="tick">
            <input
              type="checkbox"
              checked={checked.includes(id)}
              disabled={!isRegistrar}
              onChange={({ target }) => onCheck(id, target.checked)}
            />
            <span>{desk.keys.identity}</span>
          </label>
          <ReasonForm
            title={desk.keys.refuse}
            button={desk.keys.refuseButton}
            isOff={!isRegistrar}
            act={(reason) => refuseKey(place, id, reason)}
          />
        </>
      )}
    </div>
  );
}

function Held(props: { place: RollPlace; held: HeldKey }): ReactNode {
  const { desk, keys } = useTexts("desk", "keys");
  const { language } = useLanguage();
  const { place, held } = props;
  const { keyId, boundAt, revocation, revokedAt, reason } = held;
  return (
    <div className="stack" data-held={revocation ?? "bound"}>
      <p>
        {revocation === "revoked" ? "✘" : "✔"} {keys.number}{" "}
        <span className="number">{keyNumber(keyId)}</span>{" "}
        <span className="soft small">
          {keys.history.bound} {formatTime(boundAt, language)}
        </span>
      </p>
      {revocation && (
        <p className="soft small">
          {desk.keys.revocations[revocation]}
          {revokedAt !== undefined && ` ${formatTime(revokedAt, language)}`} {reason}
        </p>
      )}
      {!revocation && (
        <ReasonForm
          title={desk.keys.revoke}
          button={desk.keys.revokeButton}
          act={(given) => proposeRevocation(place, held, given)}
        />
      )}
    </div>
  );
}

function Letter(props: LineProps): ReactNode {
  const { desk } = useTexts("desk");
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { place, isRegistrar, household } = props;
  const { invitation, units } = household;
  const issuing = useMutation({
    mutationFn: () => issueInvitations(place, units),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["deskActs"] }),
  });
  const time = (at: number): string => formatTime(at, language);
  return (
    <>
      <p className="soft small">
        {!invitation && desk.keys.noLetter}
        {invitation && desk.keys.letterOut(time(invitation.createdAt))}
        {invitation?.usedAt !== undefined && ` ${desk.keys.letterUsed(time(invitation.usedAt))}`}
      </p>
      {issuing.isError && <ProblemView error={issuing.error} />}
      {issuing.data ? (
        <Letters community={place.community} invitations={issuing.data} />
      ) : (
        <button
          type="button"
          className="button button-quiet"
          disabled={!isRegistrar || issuing.isPending}
          onClick={() => issuing.mutate()}
        >
          {desk.keys.newLetter}
        </button>
      )}
    </>
  );
}

/** One household: its letter, keys that wait, keys that are entered. */
export function HouseholdLine(props: LineProps): ReactNode {
  const { place, household } = props;
  const { units, owners, enrolments, keys } = household;
  return (
    <li className="task stack" data-household={units.join(" ")}>
      <h3>
        {units.join(" · ")} <span className="soft small">{owners.join(" · ")}</span>
      </h3>
      {enrolments.map((waiting) => (
        <Waiting key={waiting.id} {...props} waiting={waiting} />
      ))}
      {keys.map((held) => (
        <Held key={`${held.page} ${held.position}`} place={place} held={held} />
      ))}
      <Letter {...props} />
    </li>
  );
}
