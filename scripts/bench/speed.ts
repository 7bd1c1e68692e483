import os from "node:os";

/** One measured figure. */
export interface Speed {
  name: string;
  value: number;
  unit: string;
}

/** How many seconds of the clock on the wall something took. */
export async function timeSeconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export function printSpeed({ name, value, unit }: Speed): string {
  const digits = value < 100 ? 1 : 0;
  const shown = value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${name.padEnd(64)} ${shown.padStart(9)}  ${unit}`;
}

/** Times mean nothing without the machine, nor without what else it had to do. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const load = os.loadavg().map((average) => average.toFixed(1));
  return [
    `${cpus.length} × ${cpus[0]?.model ?? "unknown"}, ${memory} GB, ${os.platform()} ${os.arch()}, Node ${process.version}`,
    `Load average before: ${load.join(" ")} (1, 5, 15 minutes)`,
  ].join("\n");
}
