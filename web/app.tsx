import { Suspense, use, useEffect, type ReactNode } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { useMessages } from "./language/language.tsx";
import { CommunitiesPage } from "./home/communities-page.tsx";
import { CommunityPage } from "./home/community-page.tsx";
import { openScreen, SCREENS, type Screen } from "./screens.ts";
import { Boundary } from "./shell/boundary.tsx";
import { Footer } from "./shell/footer.tsx";
import { Header } from "./shell/header.tsx";
import { Loading } from "./shell/loading.tsx";
import { Notices } from "./shell/notices.tsx";
import { Page } from "./shell/page.tsx";

function toRoute(screen: Screen): ReactNode {
  function Later(): ReactNode {
    const Shown = use(openScreen(screen));
    return <Shown />;
  }
  return <Route key={screen.path} path={screen.path} component={Later} />;
}

const LATER = SCREENS.map(toRoute);

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
              {LATER}
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </Boundary>
      </main>
      <Footer />
    </>
  );
}
