import process from "node:process";

/** Progress goes to standard error: the output of a command may be data. */
export function say(line) {
  process.stderr.write(`[mingzhang] ${line}\n`);
}

/** Something that cannot be had, told with its cure, in both languages of the project. */
export class Trouble extends Error {
  constructor(english, chinese) {
    super(english);
    this.chinese = chinese;
  }
}

/** Says every ten seconds that a long step is still under way. */
export async function withProgress(what, work) {
  const startedAt = Date.now();
  const secondsSoFar = () => Math.round((Date.now() - startedAt) / 1000);
  say(`${what} ...`);
  const timer = setInterval(() => say(`${what}: ${secondsSoFar()} s`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    say(`${what}: done after ${secondsSoFar()} s`);
  }
}
