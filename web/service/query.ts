import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import { Problem } from "./problem.ts";

// What the page has asked for and was told, by key: asked once for all who look at it, kept while they move between
// screens, asked again by the clock, when the window comes back, and after a write. The library that does this for
// everybody is an eighth of all code that a phone loads first; this is the part of it that the page uses, under the
// same names.

/** Names what is asked for; keys that begin alike are invalidated together. */
export type QueryKey = readonly (string | number | null | undefined)[];

export interface QueryOptions<T> {
  readonly queryKey: QueryKey;
  readonly queryFn: () => Promise<T>;
  /** Nothing is asked while this is false. */
  readonly enabled?: boolean;
  /** How long an answer counts as fresh, in milliseconds. */
  readonly staleTime?: number;
  /** Milliseconds until it is asked again; false for not at all. */
  readonly refetchInterval?: number | false | ((query: { state: Answer<T> }) => number | false);
  readonly retry?: false;
}

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  /** When it came, in milliseconds of the page's clock; 0 before, and after it was invalidated. */
  readonly at: number;
}

interface Common {
  /** Asks again, whatever the age of the answer. */
  refetch(): Promise<void>;
}
type Pending = Common & { data: undefined; error: null; isPending: true; isError: false };
type Failed<T> = Common & { data: T | undefined; error: unknown; isPending: false; isError: true };
type Answered<T> = Common & { data: T; error: null; isPending: false; isError: false };

/** What is known of a query: still pending, answered, or failed (with the last answer, where there was one). */
export type UseQueryResult<T> = Pending | Failed<T> | Answered<T>;

const FRESH_MILLISECONDS = 5_000;
const RETRIES = 2;
const RETRY_MILLISECONDS = 1_000;
const KEPT_ENTRIES = 100;

const NOTHING: Answer<never> = { data: undefined, error: null, at: 0 };

type Question = Pick<QueryOptions<unknown>, "queryFn" | "retry">;

/** One key's answer, and who looks at it. */
class Entry {
  answer: Answer<unknown> = NOTHING;
  readonly watchers = new Set<() => void>();
  readonly key: QueryKey;
  #asking: Promise<void> | undefined;

  constructor(key: QueryKey) {
    this.key = key;
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  tell(answer: Answer<unknown>): void {
    this.answer = answer;
    this.watchers.forEach((watcher) => watcher());
  }

  /** Asked once, however many look at it. */
  ask(question: Question): Promise<void> {
    this.#asking ??= this.#ask(question).finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask({ queryFn, retry }: Question): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return this.tell({ data: await queryFn(), error: null, at: performance.now() });
      } catch (error) {
        if (retry === false || failures >= RETRIES || !isUnreachable(error))
          return this.#fail(error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
      }
    }
  }

  // What is on the screen stays there while the connection is lost; the page's head says that it is.
  #fail(error: unknown): void {
    const { data } = this.answer;
    const isKept = data !== undefined && isUnreachable(error);
    this.tell({ data, error: isKept ? null : error, at: performance.now() });
  }
}

// An answer that says no will say no again; only a lost connection is worth asking twice.
function isUnreachable(error: unknown): boolean {
  return error instanceof Problem && error.code === "ServiceUnreachable";
}

const entries = new Map<string, Entry>();

function entryOf(key: QueryKey): Entry {
  const name = JSON.stringify(key);
  const known = entries.get(name);
  if (known) return known;
  const made = new Entry(key);
  entries.set(name, made);
  if (entries.size > KEPT_ENTRIES) dropUnwatched(made);
  return made;
}

function dropUnwatched(except: Entry): void {
  for (const [name, entry] of entries) {
    if (entry !== except && entry.watchers.size === 0) entries.delete(name);
  }
}

const queries = {
  /** Marks what begins with the key as out of date; what is on the screen is asked again at once. */
  invalidateQueries({ queryKey = [] }: { queryKey?: QueryKey } = {}): void {
    for (const entry of entries.values()) {
      if (queryKey.every((part, i) => part === entry.key[i]))
        entry.tell({ ...entry.answer, at: 0 });
    }
  },
  /** Puts an answer in place of what begins with the key. */
  setQueriesData({ queryKey }: { queryKey: QueryKey }, data: unknown): void {
    for (const entry of entries.values()) {
      if (!queryKey.every((part, i) => part === entry.key[i])) continue;
      entry.tell({ data, error: null, at: performance.now() });
    }
  },
};

/** For writes: says what has become out of date. */
export function useQueryClient(): typeof queries {
  return queries;
}

/** What an entry says now, and from then on. What comes is drawn in pieces, between which a phone can scroll and be tapped. */
function useAnswer(entry: Entry): Answer<unknown> {
  const [seen, setSeen] = useState({ entry, answer: entry.answer });
  useEffect(() => {
    const look = (): void => {
      const { answer } = entry;
      const isSeen = (last: typeof seen): boolean => last.entry === entry && last.answer === answer;
      startTransition(() => setSeen((last) => (isSeen(last) ? last : { entry, answer })));
    };
    look(); // What came between drawing and watching.
    return entry.watch(look);
  }, [entry]);
  return seen.entry === entry ? seen.answer : entry.answer;
}

/** Asks again when somebody comes back to the page, or the connection does. */
function useReturn(again: () => void): void {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", look);
    };
  }, [again]);
}

function useAsking<T>(entry: Entry, options: QueryOptions<T>): void {
  const { enabled = true, staleTime = FRESH_MILLISECONDS, refetchInterval = false } = options;
  const answer = entry.answer as Answer<T>;
  const interval =
    typeof refetchInterval === "function" ? refetchInterval({ state: answer }) : refetchInterval;
  const latest = useRef<Question>(options);
  useEffect(() => {
    latest.current = options;
  });
  const askIfStale = useCallback(() => {
    const isStale = entry.answer.at === 0 || performance.now() - entry.answer.at >= staleTime;
    if (enabled && isStale) void entry.ask(latest.current);
  }, [entry, enabled, staleTime]);
  const isUnknown = answer.at === 0;
  useEffect(askIfStale, [askIfStale, isUnknown]);
  useReturn(askIfStale);
  useEffect(() => {
    if (!enabled || interval === false) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void entry.ask(latest.current);
    }, interval);
    return () => clearInterval(timer);
  }, [entry, enabled, interval]);
}

/** Asks before anybody looks at the answer; settles when it is there or failed. */
export function prefetch<T>({ queryKey, queryFn }: QueryOptions<T>): Promise<void> {
  return entryOf(queryKey).ask({ queryFn });
}

/** What is known under a key, asked for where that is nothing or out of date. */
export function useQuery<T>(options: QueryOptions<T>): UseQueryResult<T> {
  const entry = entryOf(options.queryKey);
  const answer = useAnswer(entry) as Answer<T>;
  useAsking(entry, options);
  const { data, error } = answer;
  const refetch = (): Promise<void> => entry.ask(options);
  if (error !== null) return { data, error, isPending: false, isError: true, refetch };
  if (answer === NOTHING || (data === undefined && answer.at === 0)) {
    return { data: undefined, error: null, isPending: true, isError: false, refetch };
  }
  return { data: data as T, error: null, isPending: false, isError: false, refetch };
}

interface MutationOptions<T, Input> {
  readonly mutationFn: (input: Input) => Promise<T>;
  readonly onSuccess?: (data: T) => unknown;
  readonly onSettled?: () => unknown;
}

/** How something that is done when asked stands. */
interface Standing {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isError: boolean;
}
type Unanswered = Standing & { readonly isSuccess: false; readonly data: undefined };
type Done<T> = Unanswered | (Standing & { readonly isSuccess: true; readonly data: T });

const STANDING: Standing = { error: null, isPending: false, isError: false };
const IDLE: Unanswered = { ...STANDING, isSuccess: false, data: undefined };

/** A write: pending until what follows from it has been told too. Its answer lives as long as the component. */
export function useMutation<T, Input = void>(
  options: MutationOptions<T, Input>,
): Done<T> & { mutate(input: Input): void } {
  const [standing, setStanding] = useState<Done<T>>(IDLE);
  const run = async (input: Input): Promise<void> => {
    setStanding({ ...IDLE, isPending: true });
    try {
      const data = await options.mutationFn(input);
      await options.onSuccess?.(data);
      setStanding({ ...STANDING, isSuccess: true, data });
    } catch (error) {
      setStanding({ ...IDLE, error, isError: true });
    } finally {
      await options.onSettled?.();
    }
  };
  return { ...standing, mutate: (input) => void run(input) };
}
