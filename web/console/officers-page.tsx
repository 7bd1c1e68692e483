import { useMutation, useQuery, useQueryClient } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { Link, Redirect, useParams } from "wouter";
import { useAllMessages } from "../language/language.tsx";
import { communitiesQuery } from "../registry/community.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { logOut } from "../signing/session.ts";
import { BankDesk } from "./bank-desk.tsx";
import { BooksDesk } from "./books-desk.tsx";
import { ConveneForm } from "./convene-form.tsx";
import { KeysDesk } from "./keys-desk.tsx";
import { leaveOfficerKey } from "./officer-key.ts";
import { useDesk, type Desk, type Officer } from "./officers.ts";
import { PaperDesk } from "./paper-desk.tsx";
import { RollDesk } from "./roll-desk.tsx";
import { SignIn } from "./sign-in.tsx";
import { TalkDesk } from "./talk-desk.tsx";
import { TodoList } from "./todo-list.tsx";
import "../style/console.css";
import "../style/verdict.css";
import "../style/meeting.css";

export interface DeskProps {
  readonly community: string;
  readonly desk: Desk & { readonly officer: Officer };
}

const TABS = ["todo", "roll", "keys", "convene", "paper", "talk", "books", "bank"] as const;
type Tab = (typeof TABS)[number];

const TAB_ROLES: Record<Tab, readonly string[] | undefined> = {
  todo: undefined,
  roll: ["registrar", "committee"],
  keys: ["registrar"],
  convene: ["registrar", "committee"],
  paper: ["teller"],
  talk: ["registrar", "committee"],
  books: ["registrar", "committee", "approver", "auditor"],
  bank: ["committee"],
};

const TAB_VIEWS: Record<Tab, (props: DeskProps) => ReactNode> = {
  todo: TodoList,
  roll: RollDesk,
  keys: KeysDesk,
  convene: ConveneForm,
  paper: PaperDesk,
  talk: TalkDesk,
  books: BooksDesk,
  bank: BankDesk,
};

function isOpenTo(tab: Tab, { roles }: Officer): boolean {
  return TAB_ROLES[tab]?.some((role) => roles.includes(role)) ?? true;
}

function SignedIn(props: { desk: Desk }): ReactNode {
  const { officers } = useAllMessages();
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
          {officer?.roles.map((role) => officers.roles[role] ?? role).join(" · ")}
        </span>
      </p>
      <button type="button" className="button button-quiet" onClick={() => leaving.mutate()}>
        {officers.signOut}
      </button>
    </div>
  );
}

function OfficerDesk(props: DeskProps): ReactNode {
  const { officers } = useAllMessages();
  const [tab, setTab] = useState<Tab>("todo");
  const View = TAB_VIEWS[tab];
  return (
    <>
      <nav className="tabs" aria-label={officers.title}>
        {TABS.filter((name) => isOpenTo(name, props.desk.officer)).map((name) => (
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
      <View {...props} />
    </>
  );
}

/** A key that nobody appointed yet: shown, so that the operator or other officers can appoint it. */
function Stranger(props: { desk: Desk }): ReactNode {
  const { officers } = useAllMessages();
  const { key } = props.desk;
  const shown =
    key.kind === "device" ? key.point : key.kind === "wallet" ? key.address : key.privateKey;
  return (
    <div className="problem">
      <p className="problem-what">{officers.noOfficer}</p>
      <p>{officers.myKey}</p>
      {key.kind !== "public" && <p className="mono">{shown}</p>}
    </div>
  );
}

function DeskOf(props: { community: string }): ReactNode {
  const desk = useDesk(props.community);
  if (desk.isPending) return <Loading tall />;
  if (desk.isError) return <ProblemView error={desk.error} onRetry={() => void desk.refetch()} />;
  if (!desk.data) return <SignIn />;
  const { officer, key } = desk.data;
  return (
    <>
      <SignedIn desk={desk.data} />
      {officer ? (
        <OfficerDesk community={props.community} desk={{ officer, key }} />
      ) : (
        <Stranger desk={desk.data} />
      )}
    </>
  );
}

function CommunityChoice(): ReactNode {
  const { registry } = useAllMessages();
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
  const { officers } = useAllMessages();
  const { community } = useParams<{ community?: string }>();
  return (
    <Page title={officers.title}>
      {community ? <DeskOf key={community} community={community} /> : <CommunityChoice />}
    </Page>
  );
}
