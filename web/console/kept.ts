import { useState } from "react";

/** What this browser keeps under a name, made whole by `read`; undefined where there is nothing that can be read. */
export function readKept<T>(name: string, read: (kept: Partial<T>) => T): T | undefined {
  try {
    const kept = localStorage.getItem(name);
    return kept ? read(JSON.parse(kept) as Partial<T>) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft in this browser under a name; undefined to forget it. */
export function keep(name: string, draft: object | undefined): void {
  try {
    if (draft === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Storage may be refused; the draft then lives as long as the page.
  }
}

/** A draft that is being written. */
export interface Kept<T> {
  readonly draft: T;
  /** From what stands then: a file may arrive while somebody goes on typing. */
  readonly change: (part: Partial<T> | ((current: T) => Partial<T>)) => void;
  readonly clear: () => void;
}

/** A form's draft, kept in this browser under `key` until it is cleared, so that it can be left and come back to. */
export function useKept<T extends object>(key: string, empty: T): Kept<T> {
  const name = `mingzhang.works.${key}`;
  const [draft, setDraft] = useState(
    () => readKept<T>(name, (kept) => ({ ...empty, ...kept })) ?? empty,
  );
  return {
    draft,
    change: (part) => {
      setDraft((current) => {
        const next = { ...current, ...(typeof part === "function" ? part(current) : part) };
        keep(name, next);
        return next;
      });
    },
    clear: () => {
      setDraft(empty);
      keep(name, undefined);
    },
  };
}
