import { loadMessages } from "./language/texts.ts";
import { readLanguage } from "./language/preference.ts";
import { findScreen, listAsks, openScreen } from "./screens.ts";
import { askEarly } from "./service/early.ts";

// The first and smallest script. Everything that the first screen needs is asked for here at once, beside the page's
// own code: a phone whose answers take long waits for them once, not one after the other.
const address = location.pathname;
for (const path of ["/api/status", ...listAsks(address)]) askEarly(path);
// Whoever needs these asks again, and is told what is wrong.
loadMessages(readLanguage()).catch(() => undefined);
const screen = findScreen(address);
if (screen) openScreen(screen).catch(() => undefined);

void import("./main.tsx");
