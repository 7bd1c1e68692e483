// Whether what the page shows came from what this device had kept (web/offline/service-worker.ts), and from when.
let keptAt: number | undefined;
const watchers = new Set<() => void>();

/** Takes note of an answer: one of now, or one that was kept. */
export function noteAnswer({ headers }: Response): void {
  const mark = headers.get("x-kept");
  const seconds = mark === null ? undefined : Math.floor(Date.parse(mark) / 1000);
  const at = seconds === undefined || Number.isNaN(seconds) ? undefined : seconds;
  if (at === keptAt) return;
  keptAt = at;
  watchers.forEach((watcher) => watcher());
}

export function watchKept(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Unix seconds of the kept answer that came last; undefined while answers are of now. */
export function keptSince(): number | undefined {
  return keptAt;
}
