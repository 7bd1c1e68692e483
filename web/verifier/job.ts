import type { News, Order } from "./messages.ts";
import { work } from "./work.ts";

// TypeScript's own types do not know Trusted Types yet.
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** The page's own script once more, as a worker: a file from disk has no other file to load. */
function startWorker(): Worker {
  const script = document.getElementById("verifier")?.textContent ?? "";
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("mingzhang", {
    createScriptURL: (wanted: string) => {
      if (wanted !== url) throw new TypeError("only this page's own script is started");
      return wanted;
    },
  });
  return new Worker((policy ? policy.createScriptURL(url) : url) as string);
}

let worker: Worker | "none" | undefined;

function findWorker(): Worker | "none" {
  try {
    return startWorker();
  } catch {
    // Some browsers start no worker for a file from disk: the page then stands still while it works.
    return "none";
  }
}

/** Verifies, away from the page where the browser can, so that the page stays usable. */
export function startJob(order: Order, hear: (news: News) => void): void {
  worker ??= findWorker();
  const workHere = (): void => void work(order, hear);
  if (worker === "none") return workHere();
  worker.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  worker.onerror = () => {
    worker = "none";
    workHere();
  };
  worker.postMessage(order);
}
