import { useEffect, useRef, useState } from "react";
import { Problem } from "../service/problem.ts";
import type {
  RecountNews,
  RecountOrder,
  RecountProgress,
  RecountResult,
} from "./recount-messages.ts";
import workerUrl from "./recount-worker.ts?worker&url";

export type Recount =
  | { readonly state: "idle" }
  | { readonly state: "running"; readonly progress: RecountProgress }
  | { readonly state: "done"; readonly result: RecountResult }
  | { readonly state: "failed"; readonly error: Problem };

// TypeScript's own types do not know Trusted Types yet.
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

// The one place where the page starts a script by its address: only our own file of the build.
const policy = trustedTypes?.createPolicy("mingzhang", {
  createScriptURL: (url: string) => {
    if (url !== workerUrl) throw new TypeError("only the page's own worker is started");
    return url;
  },
});

function startWorker(): Worker {
  const url = policy ? policy.createScriptURL(workerUrl) : workerUrl;
  return new Worker(url as string, { type: "module" });
}

const START = { kind: "reading", done: 0 } as const;

/** Recounts in a worker, so that the page stays usable on a weak phone. */
export function useRecount(): {
  recount: Recount;
  start: (order: RecountOrder) => void;
  stop: () => void;
} {
  const worker = useRef<Worker>(undefined);
  const [recount, setRecount] = useState<Recount>({ state: "idle" });
  const stop = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    setRecount({ state: "idle" });
  };
  const hear = (news: RecountNews): void => {
    if (news.kind === "report") setRecount({ state: "done", result: news });
    else if (news.kind === "failure")
      setRecount({ state: "failed", error: new Problem(news.code) });
    else setRecount({ state: "running", progress: news });
  };
  const start = (order: RecountOrder): void => {
    worker.current?.terminate();
    setRecount({ state: "running", progress: START });
    const started = startWorker();
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<RecountNews>) => hear(data);
    started.onerror = () => hear({ kind: "failure", code: "RecountFault" });
    started.postMessage(order);
  };
  useEffect(() => () => worker.current?.terminate(), []);
  return { recount, start, stop };
}
