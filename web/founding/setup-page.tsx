import { useMutation, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useTexts } from "../language/language.tsx";
import { dropCode, takeCode } from "../registry/letter-code.ts";
import { CodeField } from "../shell/code-field.tsx";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import {
  beginFounding,
  beginSetup,
  changeFounding,
  completeFounding,
  endSetup,
  foundingPath,
  useSetup,
  type Founding,
} from "./founding.ts";
import { ProfileForm } from "./profile-form.tsx";
import { SeatForm } from "./seat-form.tsx";
import { SeatList } from "./seat-list.tsx";
import type { Appointer, OpenedSeat } from "./seats.ts";
import "../style/console.css";
import "../style/verdict.css";
import "../style/meeting.css";

function Steps(props: { now: number }): ReactNode {
  const { steps } = useTexts("founding").founding;
  return (
    <ol className="steps">
      {steps.map((step, i) => (
        <li key={step} {...(i === props.now ? { "aria-current": "step" as const } : {})}>
          {step}
        </li>
      ))}
    </ol>
  );
}

/** Why a step is there, before what is to be done in it. */
function Why(props: { title: string; why: string; children: ReactNode }): ReactNode {
  return (
    <section className="section">
      <h2>{props.title}</h2>
      <p className="note">{props.why}</p>
      {props.children}
    </section>
  );
}

function CodeStep(props: { onOpened: () => void }): ReactNode {
  const { open } = useTexts("founding").founding;
  const [code, setCode] = useState(takeCode);
  const [isMissing, setMissing] = useState(false);
  const opening = useMutation({
    mutationFn: () => beginSetup(code),
    onSuccess: () => {
      dropCode();
      props.onOpened();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(code.trim() === "");
        if (code.trim() !== "") opening.mutate();
      }}
    >
      <Why title={open.title} why={open.why}>
        <CodeField
          label={open.code}
          hint={open.codeHint}
          missing={isMissing ? open.codeMissing : undefined}
          value={code}
          onChange={setCode}
        />
        {opening.isError && <ProblemView error={opening.error} />}
        <div className="actions">
          <button type="submit" className="button button-main" disabled={opening.isPending}>
            {open.begin}
          </button>
        </div>
      </Why>
    </form>
  );
}

/** What still keeps the community from being founded; empty when nothing does. */
function useMissing({ seats }: Founding): string[] {
  const { found } = useTexts("founding").founding;
  const held = seats.filter(({ state }) => state === "confirmed").flatMap(({ roles }) => roles);
  return [
    ...(held.includes("registrar") ? [] : [found.noRegistrar]),
    ...(held.includes("committee") ? [] : [found.noCommittee]),
    ...seats
      .filter(({ state }) => state !== "confirmed")
      .map(({ title }) => found.unconfirmed(title)),
  ];
}

function FoundStep(props: { founding: Founding; onChanged: () => void }): ReactNode {
  const { found } = useTexts("founding").founding;
  const { founding, onChanged } = props;
  const missing = useMissing(founding);
  const completing = useMutation({
    mutationFn: () => completeFounding(founding.id),
    onSuccess: onChanged,
  });
  return (
    <Why title={found.title} why={found.why}>
      {missing.length > 0 && (
        <ul className="section" id="missing">
          {missing.map((line) => (
            <li key={line}>○ {line}</li>
          ))}
        </ul>
      )}
      {completing.isError && <ProblemView error={completing.error} />}
      {completing.isPending && <p role="status">{found.working}</p>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={missing.length > 0 || completing.isPending}
          {...(missing.length > 0 ? { "aria-describedby": "missing" } : {})}
          onClick={() => completing.mutate()}
        >
          {found.button(founding.name)}
        </button>
      </div>
    </Why>
  );
}

function SeatsStep(props: { founding: Founding; onChanged: () => void }): ReactNode {
  const { seats } = useTexts("founding").founding;
  const { founding, onChanged } = props;
  const [opened, setOpened] = useState<readonly OpenedSeat[]>([]);
  const appointer: Appointer = { path: foundingPath(founding.id), act: "confirmation" };
  return (
    <Why title={seats.heading} why={seats.why}>
      <SeatList
        seats={founding.seats}
        appointer={appointer}
        opened={opened}
        onChanged={onChanged}
      />
      <SeatForm
        appointer={appointer}
        taken={founding.seats.map(({ title }) => title)}
        onOpened={(seat) => {
          setOpened([...opened, seat]);
          onChanged();
        }}
      />
    </Why>
  );
}

function Underway(props: { founding: Founding; onChanged: () => void }): ReactNode {
  const messages = useTexts("founding").founding;
  const { founding, onChanged } = props;
  const isReady =
    founding.seats.length > 0 && founding.seats.every(({ state }) => state === "confirmed");
  return (
    <>
      <Steps now={isReady ? 3 : 2} />
      <section className="section">
        <h2>{founding.name}</h2>
        <p className="soft">{founding.district}</p>
        <Fold title={messages.profile.change}>
          <ProfileForm
            founding={founding}
            onSave={async (id, profile) => {
              await changeFounding(id, profile);
              onChanged();
            }}
          />
        </Fold>
      </section>
      <SeatsStep founding={founding} onChanged={onChanged} />
      <FoundStep founding={founding} onChanged={onChanged} />
    </>
  );
}

function Founded(props: { founding: Founding; onChanged: () => void }): ReactNode {
  const { done } = useTexts("founding").founding;
  const { founding, onChanged } = props;
  const ending = useMutation({ mutationFn: endSetup, onSuccess: onChanged });
  return (
    <div className="stack" data-founded={founding.id}>
      <Steps now={4} />
      <h2>✔ {done.title(founding.name)}</h2>
      <p>{done.text}</p>
      <ol className="numbered">
        {done.next.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      {ending.isError && <ProblemView error={ending.error} />}
      <div className="actions">
        <Link className="button button-main" href={`/officers/${founding.id}/start`}>
          {done.toDesk}
        </Link>
        <button type="button" className="button" onClick={() => ending.mutate()}>
          {done.end}
        </button>
      </div>
      <p className="soft small">{done.endHint}</p>
    </div>
  );
}

function Body(props: { founding: Founding | undefined; onChanged: () => void }): ReactNode {
  const { profile } = useTexts("founding").founding;
  const { founding, onChanged } = props;
  if (founding?.foundedAt !== undefined)
    return <Founded founding={founding} onChanged={onChanged} />;
  if (founding) return <Underway founding={founding} onChanged={onChanged} />;
  return (
    <>
      <Steps now={1} />
      <Why title={profile.title} why={profile.why}>
        <ProfileForm
          onSave={async (id, given) => {
            await beginFounding(id, given);
            onChanged();
          }}
        />
      </Why>
    </>
  );
}

/** From an empty installation to a community that stands; every step stays where it was left. */
export default function SetupPage(): ReactNode {
  const { founding, shell } = useTexts("founding");
  const queries = useQueryClient();
  const setup = useSetup();
  const onChanged = (): void => queries.invalidateQueries();
  return (
    <Page title={founding.title} over={shell.motto}>
      {setup.isPending && <Loading tall />}
      {setup.isError && <ProblemView error={setup.error} onRetry={() => void setup.refetch()} />}
      {setup.data && !setup.data.isOperator && (
        <>
          <Steps now={0} />
          <p className="lead">{founding.intro}</p>
          <CodeStep onOpened={onChanged} />
        </>
      )}
      {setup.data?.isOperator && <Body founding={setup.data.founding} onChanged={onChanged} />}
    </Page>
  );
}
