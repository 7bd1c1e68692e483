import { toScript } from "../service/script.ts";

/** Everything public that this page has loaded until now. */
function listSeen(): string[] {
  const seen = performance.getEntriesByType("resource").map(({ name }) => name);
  const assets = [...document.querySelectorAll("script[src]")].map((script) =>
    script.getAttribute("src"),
  );
  return [...new Set([...seen, ...assets])].filter((name) => name !== null);
}

/** Lets the page be read without a connection; where that cannot be had, it works as before. */
export async function keepForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const wasControlled = navigator.serviceWorker.controller !== null;
    await navigator.serviceWorker.register(toScript("/service-worker.js"));
    const { active } = await navigator.serviceWorker.ready;
    if (!wasControlled) active?.postMessage(listSeen());
  } catch {
    // Private windows and in-app browsers may refuse.
  }
}
