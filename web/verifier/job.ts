import type { News, Order, Part } from "./messages.ts";
import { OWN } from "./own.ts";
import { work } from "./work.ts";

// TypeScript's own types do not know Trusted Types yet.
interface Policy {
  createScriptURL(url: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const urls = new Set<string>();
let policy: Policy | undefined;

/** Starts a script as a worker: of its URL nothing is known to anybody but this page. */
function start(script: BlobPart): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  urls.add(url);
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy("mingzhang", {
    createScriptURL: (wanted: string) => {
      if (!urls.has(wanted)) throw new TypeError("only scripts of the verifier are started");
      return wanted;
    },
  });
  return new Worker((policy ? policy.createScriptURL(url) : url) as string);
}

/** The page's own script once more, as a worker: a file from disk has no other file to load. */
const startOwn = (): Worker => start(document.getElementById("verifier")?.textContent ?? "");

let worker: Worker | "none" | undefined;
let part: Worker | undefined;

function findWorker(): Worker | "none" {
  try {
    return startOwn();
  } catch {
    // Some browsers start no worker for a file from disk: the page then stands still while it works.
    return "none";
  }
}

/** Lets the part verify. It was found by its hash, so that it is the same whichever file it comes from. */
function workByPart({ script }: Part, order: Order, hear: (news: News) => void): void {
  try {
    part ??= start(script);
    part.onmessage = ({ data }: MessageEvent<News>) => hear(data);
    part.onerror = () => hear({ kind: "fault" });
    part.postMessage(order);
  } catch {
    hear({ kind: "fault" });
  }
}

/** Verifies, away from the page where the browser can, so that the page stays usable. */
export function startJob(order: Order, hear: (news: News) => void): void {
  const take = (news: News | Part): void =>
    news.kind === "part" ? workByPart(news, order, hear) : hear(news);
  worker ??= findWorker();
  const workHere = (): void => void work(OWN, order, take);
  if (worker === "none") return workHere();
  worker.onmessage = ({ data }: MessageEvent<News | Part>) => take(data);
  worker.onerror = () => {
    worker = "none";
    workHere();
  };
  worker.postMessage(order);
}
