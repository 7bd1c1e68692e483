import {
  lazy,
  Suspense,
  useEffect,
  type ComponentType,
  type LazyExoticComponent,
  type ReactNode,
} from "react";
import { Route, Switch, useLocation } from "wouter";
import { expectAllMessages, useMessages } from "./language/language.tsx";
import { CommunitiesPage } from "./home/communities-page.tsx";
import { CommunityPage } from "./home/community-page.tsx";
import { Boundary } from "./shell/boundary.tsx";
import { Footer } from "./shell/footer.tsx";
import { Header } from "./shell/header.tsx";
import { Loading } from "./shell/loading.tsx";
import { Notices } from "./shell/notices.tsx";
import { Page } from "./shell/page.tsx";

/** A screen that is loaded when somebody goes there, and its texts with it. */
function later(
  load: () => Promise<{ default: ComponentType }>,
): LazyExoticComponent<ComponentType> {
  return lazy(() => {
    expectAllMessages();
    return load();
  });
}

const EnrolPage = later(() => import("./registry/enrol-page.tsx"));
const MeetingPage = later(() => import("./assembly/meeting-page.tsx"));
const VotePage = later(() => import("./assembly/vote-page.tsx"));
const BulletinPage = later(() => import("./assembly/bulletin-page.tsx"));
const MinePage = later(() => import("./assembly/mine-page.tsx"));
const TalkPage = later(() => import("./assembly/talk-page.tsx"));
const RecountPage = later(() => import("./assembly/recount-page.tsx"));
const ReceiptPage = later(() => import("./assembly/receipt-page.tsx"));
const CheckPage = later(() => import("./assembly/check-page.tsx"));
const FundsPage = later(() => import("./fund/funds-page.tsx"));
const UnitPage = later(() => import("./fund/unit-page.tsx"));
const SetupPage = later(() => import("./founding/setup-page.tsx"));
const JoinPage = later(() => import("./founding/join-page.tsx"));
const ProjectListPage = later(() => import("./fund/project-list-page.tsx"));
const ProjectPage = later(() => import("./fund/project-page.tsx"));
const AuditPage = later(() => import("./audit/audit-page.tsx"));
const OfficersPage = later(() => import("./console/officers-page.tsx"));

function NotFound(): ReactNode {
  const { shell } = useMessages();
  return (
    <Page title={shell.notFound}>
      <p>{shell.notFoundCure}</p>
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
