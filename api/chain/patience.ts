const MAX_PATIENCE_SECONDS = 300;

/** How often the chain has refused what a row stands for, and when it last did. */
export interface Refusals {
  failures: number;
  failedAt: Date | null;
}

/** After a refusal, more and more patiently: its cause may pass, such as a block's time or a role that was taken. */
export function mayRetry({ failures, failedAt }: Refusals, now: Date): boolean {
  if (!failedAt) return true;
  const patienceSeconds = Math.min(2 ** failures, MAX_PATIENCE_SECONDS);
  return now.getTime() >= failedAt.getTime() + patienceSeconds * 1000;
}
