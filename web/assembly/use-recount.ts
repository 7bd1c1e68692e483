import { useEffect, useRef, useState } from "react";
import { Problem } from "../service/problem.ts";
import { toScript } from "../service/script.ts";
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

function startWorker(): Worker {
  return new Worker(toScript(workerUrl), { type: "module" });
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
