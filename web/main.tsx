import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { LanguageProvider } from "./language/language.tsx";
import { applyTextSize, readLanguage, readTextSize } from "./language/preference.ts";
import { loadMessages } from "./language/texts.ts";
import { findScreen, openScreen } from "./screens.ts";
import { prefetch } from "./service/query.ts";
import { whenIdle } from "./shell/idle.ts";
import { statusQuery } from "./shell/status.ts";

const PATIENCE_MILLISECONDS = 300;

const place = document.getElementById("page");
if (!place) throw new Error("the page has no element #page");

applyTextSize(readTextSize());
// What start.ts has asked for is waited for a moment, so that nothing moves when it comes.
const screen = findScreen(location.pathname);
const begun = Promise.all([
  prefetch(statusQuery),
  screen && openScreen(screen).catch(() => undefined),
]);
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS));

async function show(parent: HTMLElement): Promise<void> {
  const [initial] = await Promise.all([
    loadMessages(readLanguage()),
    Promise.race([begun, patience]),
  ]);
  startTransition(() =>
    createRoot(parent).render(
      <StrictMode>
        <LanguageProvider initial={initial}>
          <App />
        </LanguageProvider>
      </StrictMode>,
    ),
  );
  if (!import.meta.env.PROD) return;
  // A screen first; then what keeps it for later.
  await whenIdle();
  const { keepForOffline } = await import("./offline/register.ts");
  await keepForOffline();
}

// Not awaited at the top: what is loaded later would then have to wait for this file, and be cut into many.
void show(place);
