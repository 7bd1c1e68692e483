import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { LanguageProvider, loadMessages } from "./language/language.tsx";
import { applyTextSize, readLanguage, readTextSize } from "./language/preference.ts";
import { prefetch } from "./service/query.ts";
import { statusQuery } from "./shell/status.ts";

const STATUS_MILLISECONDS = 300;

const place = document.getElementById("page");
if (!place) throw new Error("the page has no element #page");

applyTextSize(readTextSize());
// A screen first; then what keeps it for later.
addEventListener("load", () => {
  if (import.meta.env.PROD) void import("./offline/register.ts").then((m) => m.keepForOffline());
});

// What holds for every page is asked for beside the texts and waited for a moment, so that nothing moves when it comes.
const status = Promise.race([
  prefetch(statusQuery),
  new Promise((resolve) => setTimeout(resolve, STATUS_MILLISECONDS)),
]);

// Not awaited at the top: what is loaded later would then have to wait for this file, and be cut into many.
void Promise.all([loadMessages(readLanguage()), status]).then(([initial]) =>
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider initial={initial}>
        <App />
      </LanguageProvider>
    </StrictMode>,
  ),
);
