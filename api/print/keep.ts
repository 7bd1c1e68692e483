/** Setting a sheet takes a moment; the last ones are kept. */
const KEPT = 20;

/** Makes what has a name once, and keeps the newest of it. */
export function createKeeper<Made>(): (name: string, make: () => Promise<Made>) => Promise<Made> {
  const kept = new Map<string, Promise<Made>>();
  return (name, make) => {
    const known = kept.get(name);
    if (known) return known;
    const making = make();
    kept.set(name, making);
    making.catch(() => kept.delete(name));
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
    return making;
  };
}
