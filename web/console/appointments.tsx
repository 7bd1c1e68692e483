import { useMutation, useQuery, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { RoleChoice } from "../founding/role-duties.tsx";
import { SeatForm } from "../founding/seat-form.tsx";
import { SeatList } from "../founding/seat-list.tsx";
import { ROLES, seatShape, type Appointer, type OpenedSeat } from "../founding/seats.ts";
import { useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import { anything, list, object } from "../service/shape.ts";
import { TextField } from "../shell/field.tsx";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { keyNumber } from "../signing/key-number.ts";
import type { DeskProps } from "./officers-page.tsx";
import { useOfficers, type Officer } from "./officers.ts";

interface Change {
  readonly title: string;
  /** None: dismissed. */
  readonly roles: readonly string[];
}

async function proposeChange(community: string, officer: Officer, change: Change): Promise<void> {
  const body = { signer: officer.signer, ...change };
  await request(communityPath(community, "/officers"), anything, { method: "POST", body });
}

/** Another name or other roles for somebody, or his dismissal: two others sign it. */
function ChangeForm(props: { community: string; officer: Officer }): ReactNode {
  const { appoint, seats } = useTexts("founding").founding;
  const queries = useQueryClient();
  const { community, officer } = props;
  const [title, setTitle] = useState(officer.title);
  const [roles, setRoles] = useState<readonly string[]>(officer.roles);
  const proposing = useMutation({
    mutationFn: (change: Change) => proposeChange(community, officer, change),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["proposals"] }),
  });
  return (
    <>
      <TextField label={seats.title} value={title} onChange={setTitle} required />
      <RoleChoice chosen={roles} options={ROLES} onChange={setRoles} />
      {proposing.isError && <ProblemView error={proposing.error} />}
      {proposing.isSuccess && <p className="state state-done">✔ {appoint.proposed}</p>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={proposing.isPending || roles.length === 0 || title.trim() === ""}
          onClick={() => proposing.mutate({ title, roles })}
        >
          {appoint.change}
        </button>
        <button
          type="button"
          className="button"
          disabled={proposing.isPending}
          onClick={() => proposing.mutate({ title: officer.title, roles: [] })}
        >
          {appoint.dismiss(officer.title)}
        </button>
      </div>
    </>
  );
}

function OfficerLine(props: { community: string; officer: Officer; isSelf: boolean }): ReactNode {
  const { founding, keys, registry } = useTexts("founding", "keys");
  const { community, officer, isSelf } = props;
  return (
    <li className="task stack" data-officer={officer.title}>
      <h3>
        {officer.title}
        {isSelf && <span className="soft small"> {founding.appoint.self}</span>}
      </h3>
      <p>{officer.roles.map((role) => registry.roles[role] ?? role).join(" · ")}</p>
      <p className="soft small">
        {keys.number} <span className="number">{keyNumber(officer.keyId)}</span>
      </p>
      <Fold title={founding.appoint.open}>
        <ChangeForm community={community} officer={officer} />
      </Fold>
    </li>
  );
}

function Seats(props: DeskProps): ReactNode {
  const { appoint } = useTexts("founding").founding;
  const queries = useQueryClient();
  const [opened, setOpened] = useState<readonly OpenedSeat[]>([]);
  const path = communityPath(props.community);
  const seats = useQuery({
    queryKey: ["seats", props.community],
    queryFn: async () => (await request(`${path}/seats`, object({ items: list(seatShape) }))).items,
    refetchInterval: 5_000,
  });
  if (seats.isPending) return <Loading />;
  if (seats.isError) return <ProblemView error={seats.error} />;
  const appointer: Appointer = { path, act: "proposal" };
  const onChanged = (): void => queries.invalidateQueries();
  const open = seats.data.filter(({ state }) => state !== "appointed");
  return (
    <section className="section">
      <h2>{appoint.seats}</h2>
      <p className="note">{appoint.seatsWhy}</p>
      <SeatList seats={open} appointer={appointer} opened={opened} onChanged={onChanged} />
      <SeatForm
        appointer={appointer}
        taken={seats.data.map(({ title }) => title)}
        onOpened={(seat) => {
          setOpened([...opened, seat]);
          onChanged();
        }}
      />
    </section>
  );
}

/** Who holds which office; new ones by letter, changes and dismissals by two signatures. */
export function Appointments(props: DeskProps): ReactNode {
  const { appoint } = useTexts("founding").founding;
  const officers = useOfficers(props.community);
  if (officers.isPending) return <Loading />;
  if (officers.isError) return <ProblemView error={officers.error} />;
  return (
    <>
      <section className="section">
        <h2>{appoint.title}</h2>
        <p className="soft">{appoint.hint}</p>
        <ul className="tasks">
          {officers.data.map((officer) => (
            <OfficerLine
              key={officer.id}
              community={props.community}
              officer={officer}
              isSelf={officer.id === props.desk.officer.id}
            />
          ))}
        </ul>
      </section>
      <Seats {...props} />
    </>
  );
}
