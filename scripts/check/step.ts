/** One step of the gate. */
export interface Step {
  name: string;
  run(): Promise<Verdict>;
}

export interface Verdict {
  ok: boolean;
  /** Shown when the step fails. */
  output: string;
}

export interface StepResult extends Verdict {
  name: string;
  seconds: number;
}

let lastTurn: Promise<unknown> = Promise.resolve();

/** For steps that write the same files (the compiler's): they run one after another. */
export function inTurn(run: () => Promise<Verdict>): () => Promise<Verdict> {
  return () => {
    const turn = lastTurn.then(run);
    lastTurn = turn.catch(() => undefined);
    return turn;
  };
}

/** Runs all steps, several at a time; one that fails or throws does not hide the others. */
export async function runSteps(
  steps: readonly Step[],
  lanes: number,
  onEnd: (result: StepResult) => void,
): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      results.push(result);
      onEnd(result);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

async function runStep(step: Step): Promise<StepResult> {
  const startedAt = Date.now();
  const verdict = await step.run().catch((error: unknown) => ({
    ok: false,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  return { name: step.name, seconds: (Date.now() - startedAt) / 1000, ...verdict };
}
