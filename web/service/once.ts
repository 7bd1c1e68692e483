/** What was asked for; how it says that it is here is what React goes by (`use`), which then does not wait. */
type Loading<T> = Promise<T> & { status?: "fulfilled"; value?: T };

/** What is loaded once, by a key. What did not come, as without a connection, is asked for again. */
export class LoadedOnce<T> {
  readonly #loading = new Map<unknown, Loading<T>>();

  load(key: unknown, begin: () => Promise<T>): Promise<T> {
    const known = this.#loading.get(key);
    if (known) return known;
    const loading: Loading<T> = begin();
    this.#loading.set(key, loading);
    loading.then(
      (value) => {
        loading.status = "fulfilled";
        loading.value = value;
      },
      () => this.#loading.delete(key),
    );
    return loading;
  }

  /** The same where it is here already. */
  find(key: unknown): T | undefined {
    return this.#loading.get(key)?.value;
  }
}
