/** An answer that waited longer for its screen is no answer of now. */
const FRESH_MILLISECONDS = 15_000;

interface Early {
  readonly answer: Promise<Response>;
  readonly at: number;
}

const early = new Map<string, Early>();

/** How the service is asked for what is only read. */
export const READING = {
  method: "GET",
  headers: { accept: "application/json" },
  credentials: "same-origin",
} satisfies RequestInit;

/** Asks before the code is there that knows what the answer is for. */
export function askEarly(path: string): void {
  const answer = fetch(path, READING);
  // Whoever takes it learns of a lost connection.
  answer.catch(() => undefined);
  early.set(path, { answer, at: performance.now() });
}

/** What was asked early, for the first who wants it. */
export function takeEarly(path: string): Promise<Response> | undefined {
  const found = early.get(path);
  early.delete(path);
  return found && performance.now() - found.at < FRESH_MILLISECONDS ? found.answer : undefined;
}
