import { useMutation, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { useAllMessages } from "../language/language.tsx";
import { formatCount } from "../language/format.ts";
import { Choice } from "../shell/field.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { DeskProps } from "./officers-page.tsx";
import { issueInvitations, proposeKeys, useRolls, type Invitation, type Roll } from "./rolls.ts";

function WaitingKeys(props: DeskProps & { roll: number }): ReactNode {
  const { officers } = useAllMessages();
  const queries = useQueryClient();
  const proposing = useMutation({
    mutationFn: () => proposeKeys(props.community, props.roll),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["proposals"] }),
  });
  return (
    <section className="section">
      <h2>{officers.keys.waiting}</h2>
      {proposing.isError && <ProblemView error={proposing.error} />}
      {proposing.isSuccess && (
        <p className="state state-done">✔ {officers.keys.proposed(formatCount(proposing.data))}</p>
      )}
      <div className="actions">
        <button type="button" className="button button-main" onClick={() => proposing.mutate()}>
          {officers.keys.bind}
        </button>
      </div>
    </section>
  );
}

/** One letter per household: codes are shown this once and nowhere kept. */
function Letters(props: { community: string; invitations: readonly Invitation[] }): ReactNode {
  const { officers, shell } = useAllMessages();
  const address = `${location.origin}/communities/${props.community}/enrol`;
  return (
    <>
      <div className="actions">
        <button type="button" className="button button-main" onClick={() => print()}>
          {shell.print}
        </button>
      </div>
      <ul className="section">
        {props.invitations.map(({ units, owners, code }) => (
          <li className="invitation" key={code}>
            <p>
              <strong>{units.join(" · ")}</strong> {owners.join(" · ")}
            </p>
            <p>{officers.keys.invitationLine}</p>
            <p className="mono">{address}</p>
            <p className="invitation-code">{code}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Invitations(props: DeskProps & { roll: number }): ReactNode {
  const { officers } = useAllMessages();
  const issuing = useMutation({
    mutationFn: () => issueInvitations(props.community, props.roll),
  });
  return (
    <section className="section">
      <h2>{officers.keys.invitations}</h2>
      <p className="soft">{officers.keys.invitationsHint}</p>
      {issuing.isError && <ProblemView error={issuing.error} />}
      {issuing.data ? (
        <Letters community={props.community} invitations={issuing.data} />
      ) : (
        <div className="actions">
          <button type="button" className="button" onClick={() => issuing.mutate()}>
            {officers.keys.invitationsMake}
          </button>
        </div>
      )}
    </section>
  );
}

function RollChoice(props: {
  rolls: readonly Roll[];
  roll: number;
  onRoll: (roll: number) => void;
}): ReactNode {
  const { officers } = useAllMessages();
  return (
    <Choice
      label={officers.keys.rollChoose}
      value={String(props.roll)}
      options={props.rolls.map(({ roll, scope }) => [String(roll), `${roll}. ${scope}`] as const)}
      onChange={(chosen) => props.onRoll(Number(chosen))}
    />
  );
}

export function KeysDesk(props: DeskProps): ReactNode {
  const { registry } = useAllMessages();
  const rolls = useRolls(props.community);
  const [chosen, setChosen] = useState<number>();
  if (rolls.isPending) return <Loading />;
  if (rolls.isError) return <ProblemView error={rolls.error} />;
  const frozen = rolls.data.filter(({ state }) => state === "frozen");
  const roll = chosen ?? frozen[0]?.roll;
  if (roll === undefined) return <p className="empty">{registry.roll.none}</p>;
  return (
    <>
      <RollChoice rolls={frozen} roll={roll} onRoll={setChosen} />
      <WaitingKeys key={`keys ${roll}`} {...props} roll={roll} />
      <Invitations key={`invitations ${roll}`} {...props} roll={roll} />
    </>
  );
}
