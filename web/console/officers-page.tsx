import { useMutation, useQuery, useQueryClient } from "../service/query.ts";
import type { ReactNode } from "react";
import { Link, Redirect, useLocation, useParams } from "wouter";
import { useMessages, useTexts } from "../language/language.tsx";
import { communitiesQuery } from "../registry/community.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { keyNumber } from "../signing/key-number.ts";
import { logOut } from "../signing/session.ts";
import { Appointments } from "./appointments.tsx";
import { BankDesk } from "./bank/desk.tsx";
import { BooksDesk } from "./books/desk.tsx";
import { ConveneWizard } from "./meeting/convene-wizard.tsx";
import { EvidenceDesk } from "./evidence-desk.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { KeysDesk } from "./keys/desk.tsx";
import { leaveOfficerKey, toLoginSigner } from "./officer-key.ts";
import { useDesk, type Desk, type Officer } from "./officers.ts";
import { PaperDesk } from "./paper/desk.tsx";
import { RollDesk } from "./roll/desk.tsx";
import { ComeBack, SignIn } from "./sign-in.tsx";
import { TalkDesk } from "./talk-desk.tsx";
import { TodoList } from "./todo/list.tsx";
import { WorksDesk } from "./works/desk.tsx";
import "../style/console.css";
import "../style/verdict.css";
import "../style/meeting.css";

export interface DeskProps {
  readonly community: string;
  readonly desk: Desk & { readonly officer: Officer };
  readonly onTab: (tab: Tab) => void;
}

const TABS = [
  "todo",
  "start",
  "roll",
  "keys",
  "convene",
  "paper",
  "talk",
  "officers",
  "evidence",
  "works",
  "books",
  "bank",
] as const;
export type Tab = (typeof TABS)[number];

const TAB_ROLES: Record<Tab, readonly string[] | undefined> = {
  todo: undefined,
  start: undefined,
  roll: ["registrar", "committee"],
  keys: ["registrar", "committee"],
  convene: ["registrar", "committee"],
  paper: ["teller"],
  talk: ["registrar", "committee"],
  officers: ["registrar", "committee"],
  works: ["registrar", "committee", "approver", "auditor"],
  books: ["registrar", "committee", "approver", "auditor"],
  bank: ["committee"],
  evidence: ["registrar", "committee", "auditor"],
};

const TAB_VIEWS: Record<Tab, (props: DeskProps) => ReactNode> = {
  todo: TodoList,
  start: FirstSteps,
  roll: RollDesk,
  keys: KeysDesk,
  convene: ConveneWizard,
  paper: PaperDesk,
  talk: TalkDesk,
  officers: Appointments,
  works: WorksDesk,
  books: BooksDesk,
  bank: BankDesk,
  evidence: EvidenceDesk,
};

function isOpenTo(tab: Tab, { roles }: Officer): boolean {
  return TAB_ROLES[tab]?.some((role) => roles.includes(role)) ?? true;
}

function SignedIn(props: { desk: Desk }): ReactNode {
  const { officers, registry } = useTexts("officers");
  const queries = useQueryClient();
  const { key, officer } = props.desk;
  const leaving = useMutation({
    mutationFn: async () => {
      await logOut().catch(() => undefined);
      await leaveOfficerKey(key);
    },
    onSuccess: () => queries.setQueriesData({ queryKey: ["desk"] }, null),
  });
  return (
    <div className="signed-in screen-only">
      <p>
        {officers.signedInAs} <strong>{officer?.title}</strong>{" "}
        <span className="soft">
          {officer?.roles.map((role) => registry.roles[role] ?? role).join(" · ")}
        </span>
      </p>
      <button type="button" className="button button-quiet" onClick={() => leaving.mutate()}>
        {officers.signOut}
      </button>
    </div>
  );
}

/** The part of the desk that the address names, so that it can be left and come back to. */
function useTab(community: string, officer: Officer): readonly [Tab, (tab: Tab) => void] {
  const { tab } = useParams<{ tab?: string }>();
  const [, navigate] = useLocation();
  const open = TABS.find((name) => name === tab && isOpenTo(name, officer)) ?? "todo";
  return [open, (name) => navigate(`/officers/${community}/${name}`)];
}

function OfficerDesk(props: Omit<DeskProps, "onTab">): ReactNode {
  const { officers } = useTexts("officers");
  const { community, desk } = props;
  const [tab, setTab] = useTab(community, desk.officer);
  const View = TAB_VIEWS[tab];
  return (
    <>
      <nav className="tabs" aria-label={officers.title}>
        {TABS.filter((name) => isOpenTo(name, desk.officer)).map((name) => (
          <button
            key={name}
            type="button"
            className="tab"
            {...(name === tab ? { "aria-current": "page" as const } : {})}
            onClick={() => setTab(name)}
          >
            {officers.tabs[name]}
          </button>
        ))}
      </nav>
      <View {...props} onTab={setTab} />
    </>
  );
}

/** A key that nobody appointed (yet). */
function Stranger(props: { desk: Desk }): ReactNode {
  const { keys, officers } = useTexts("keys", "officers");
  const { key } = props.desk;
  return (
    <div className="problem">
      <p className="problem-what">{officers.noOfficer}</p>
      <p>{officers.noOfficerCure}</p>
      <p>
        {keys.number} <strong className="number">{keyNumber(toLoginSigner(key).keyId)}</strong>
      </p>
    </div>
  );
}

function DeskOf(props: { community: string }): ReactNode {
  const desk = useDesk(props.community);
  if (desk.isPending) return <Loading tall />;
  if (desk.isError) return <ProblemView error={desk.error} onRetry={() => void desk.refetch()} />;
  if (!desk.data) return <SignIn community={props.community} />;
  const { officer, key, isIn } = desk.data;
  return (
    <>
      <SignedIn desk={desk.data} />
      {!officer && <Stranger desk={desk.data} />}
      {officer && !isIn && <ComeBack desk={desk.data} />}
      {officer && isIn && <OfficerDesk community={props.community} desk={{ officer, key, isIn }} />}
    </>
  );
}

function CommunityChoice(): ReactNode {
  const { registry } = useMessages();
  const answer = useQuery(communitiesQuery);
  if (answer.isPending) return <Loading tall />;
  if (answer.isError) {
    return <ProblemView error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  const [only, ...others] = answer.data.items;
  if (only && others.length === 0) return <Redirect to={`/officers/${only.id}`} replace />;
  if (!only) return <p className="empty">{registry.noCommunitiesCure}</p>;
  return (
    <ul className="cards">
      {answer.data.items.map(({ id, name }) => (
        <li key={id}>
          <Link className="card" href={`/officers/${id}`}>
            <h3>{name}</h3>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export default function OfficersPage(): ReactNode {
  const { officers } = useTexts("officers");
  const { community } = useParams<{ community?: string }>();
  return (
    <Page title={officers.title}>
      {community ? <DeskOf key={community} community={community} /> : <CommunityChoice />}
    </Page>
  );
}
