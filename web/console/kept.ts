import { useState } from "react";

const nameOf = (key: string): string => `mingzhang.works.${key}`;

function read<T>(key: string, empty: T): T {
  try {
    const kept = localStorage.getItem(nameOf(key));
    return kept ? { ...empty, ...(JSON.parse(kept) as Partial<T>) } : empty;
  } catch {
    return empty;
  }
}

function keep(key: string, draft: unknown): void {
  try {
    if (draft === undefined) localStorage.removeItem(nameOf(key));
    else localStorage.setItem(nameOf(key), JSON.stringify(draft));
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
  const [draft, setDraft] = useState(() => read(key, empty));
  return {
    draft,
    change: (part) => {
      setDraft((current) => {
        const next = { ...current, ...(typeof part === "function" ? part(current) : part) };
        keep(key, next);
        return next;
      });
    },
    clear: () => {
      setDraft(empty);
      keep(key, undefined);
    },
  };
}
