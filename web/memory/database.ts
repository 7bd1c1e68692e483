import { Problem } from "../service/problem.ts";

// What this browser remembers, and nobody else: keys that cannot be exported, receipts, the last log
// head seen, and what this device has checked itself.
const NAME = "mingzhang";
const STORES = ["keys", "receipts", "heads", "checks"] as const;
export type Store = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(new Problem("BrowserMemoryRefused"));
  });
  return opened;
}

async function run<T>(
  store: Store,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await open()).transaction(store, mode);
  const asked = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(new Problem("BrowserMemoryRefused"));
  });
}

/** What was kept under a key; undefined when nothing was. The shape is what this page wrote. */
export function recall<T>(store: Store, key: string): Promise<T | undefined> {
  return run<T | undefined>(
    store,
    "readonly",
    (from) => from.get(key) as IDBRequest<T | undefined>,
  );
}

export function recallAll<T>(store: Store): Promise<T[]> {
  return run<T[]>(store, "readonly", (from) => from.getAll() as IDBRequest<T[]>);
}

export async function remember(store: Store, key: string, value: unknown): Promise<void> {
  await run(store, "readwrite", (into) => into.put(value, key));
}

/**
 * Keeps `value` if what is kept is still what the caller has looked at; false where it is not. Both happen in one
 * transaction, so that of two tabs that look at once only one replaces.
 */
export async function replaceIf<T>(
  store: Store,
  key: string,
  isStill: (kept: T | undefined) => boolean,
  value: T,
): Promise<boolean> {
  const transaction = (await open()).transaction(store, "readwrite");
  const objects = transaction.objectStore(store);
  const asked = objects.get(key) as IDBRequest<T | undefined>;
  let isReplaced = false;
  asked.onsuccess = () => {
    if (!isStill(asked.result)) return;
    objects.put(value, key);
    isReplaced = true;
  };
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(isReplaced);
    transaction.onabort = () => reject(new Problem("BrowserMemoryRefused"));
  });
}

export async function forget(store: Store, key: string): Promise<void> {
  await run(store, "readwrite", (from) => from.delete(key));
}
