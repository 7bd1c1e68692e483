import {
  lazy,
  Suspense,
  useEffect,
  type ComponentType,
  type LazyExoticComponent,
  type ReactNode,
} from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { loadTexts, useMessages } from "./language/language.tsx";
import { readLanguage } from "./language/preference.ts";
import type { Subject } from "./messages/zh-later.ts";
import { CommunitiesPage } from "./home/communities-page.tsx";
import { CommunityPage } from "./home/community-page.tsx";
import { Boundary } from "./shell/boundary.tsx";
import { Footer } from "./shell/footer.tsx";
import { Header } from "./shell/header.tsx";
import { whenIdle } from "./shell/idle.ts";
import { Loading } from "./shell/loading.tsx";
import { Notices } from "./shell/notices.tsx";
import { Page } from "./shell/page.tsx";

/** What may have to be said just when there is no connection is loaded before, behind the screen. */
async function keepRefusals(): Promise<void> {
  await whenIdle();
  await loadTexts(readLanguage(), "refusals").catch(() => undefined);
}

/** A screen that is loaded when somebody goes there, and beside it the texts that it begins with. */
function later(
  load: () => Promise<{ default: ComponentType }>,
  ...subjects: readonly Subject[]
): LazyExoticComponent<ComponentType> {
  return lazy(async () => {
    const texts = subjects.map((subject) => loadTexts(readLanguage(), subject));
    const [screen] = await Promise.all([load(), ...texts]);
    void keepRefusals();
    return screen;
  });
}

const EnrolPage = later(() => import("./registry/enrol-page.tsx"), "keys");
const MeetingPage = later(() => import("./assembly/meeting-page.tsx"), "meeting");
const VotePage = later(() => import("./assembly/vote-page.tsx"), "vote", "meeting");
const BulletinPage = later(() => import("./assembly/bulletin-page.tsx"), "notice");
const MinePage = later(() => import("./assembly/mine-page.tsx"), "mine", "meeting", "check");
const TalkPage = later(() => import("./assembly/talk-page.tsx"), "talk", "keys");
const RecountPage = later(() => import("./assembly/recount-page.tsx"), "check", "meeting");
const ReceiptPage = later(() => import("./assembly/receipt-page.tsx"), "vote", "dispute");
const CheckPage = later(() => import("./assembly/check-page.tsx"), "check");
const FundsPage = later(() => import("./fund/funds-page.tsx"), "fund");
const UnitPage = later(() => import("./fund/unit-page.tsx"), "fund", "keys");
const SetupPage = later(() => import("./founding/setup-page.tsx"), "founding", "keys");
const JoinPage = later(() => import("./founding/join-page.tsx"), "founding", "keys");
const ProjectListPage = later(() => import("./fund/project-list-page.tsx"), "projects");
const ProjectPage = later(() => import("./fund/project-page.tsx"), "projects", "notice");
const AuditPage = later(() => import("./audit/audit-page.tsx"), "audit");
const OfficersPage = later(
  () => import("./console/officers-page.tsx"),
  "officers",
  "keys",
  "meeting",
  "fund",
  "check",
);

function NotFound(): ReactNode {
  const { shell } = useMessages();
  return (
    <Page title={shell.notFound}>
      <p>{shell.notFoundCure}</p>
      <div className="actions">
        <Link className="button button-main" href="/">
          {shell.home}
        </Link>
      </div>
    </Page>
  );
}

/** The address within the page; another one begins at the top. */
function useScreen(): string {
  const [path] = useLocation();
  useEffect(() => {
    scrollTo(0, 0);
  }, [path]);
  return path;
}

export function App(): ReactNode {
  const path = useScreen();
  return (
    <>
      <Header>
        <Notices />
      </Header>
      <main id="content" tabIndex={-1}>
        <Boundary screen={path}>
          <Suspense fallback={<Loading tall />}>
            <Switch>
              <Route path="/" component={CommunitiesPage} />
              <Route path="/communities/:community" component={CommunityPage} />
              <Route path="/communities/:community/enrol" component={EnrolPage} />
              <Route path="/communities/:community/meetings/:meeting" component={MeetingPage} />
              <Route path="/communities/:community/meetings/:meeting/vote" component={VotePage} />
              <Route
                path="/communities/:community/meetings/:meeting/recount"
                component={RecountPage}
              />
              <Route
                path="/communities/:community/meetings/:meeting/bulletin"
                component={BulletinPage}
              />
              <Route path="/communities/:community/meetings/:meeting/mine" component={MinePage} />
              <Route path="/communities/:community/meetings/:meeting/talk" component={TalkPage} />
              <Route path="/communities/:community/fund" component={FundsPage} />
              <Route path="/communities/:community/fund/mine" component={UnitPage} />
              <Route path="/communities/:community/fund/projects" component={ProjectListPage} />
              <Route
                path="/communities/:community/fund/projects/:project"
                component={ProjectPage}
              />
              <Route path="/communities/:community/audit" component={AuditPage} />
              <Route path="/receipts/:leaf" component={ReceiptPage} />
              <Route path="/check" component={CheckPage} />
              <Route path="/setup" component={SetupPage} />
              <Route path="/join" component={JoinPage} />
              <Route path="/officers/:community?/:tab?" component={OfficersPage} />
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </Boundary>
      </main>
      <Footer />
    </>
  );
}
