import { createRandom } from "../../api/demo/random.ts";
import type { Random } from "../../api/demo/random.ts";
import { countLine } from "../../protocol/assembly/count/count.ts";
import { timeSeconds } from "./speed.ts";
import type { Speed } from "./speed.ts";

const CASES = 50_000;

/** How fast the counting rule is, from the text of a case to its result, as `mingzhang count` runs it. */
export async function measureCount(): Promise<Speed> {
  const random = createRandom("count");
  const lines = Array.from({ length: CASES }, (_, id) => createCase(id, random));
  const seconds = await timeSeconds(() => {
    for (const line of lines) {
      const result = countLine(line);
      if ("error" in result) throw new Error(result.error.message);
    }
  });
  return { name: "counting rule, different cases", value: CASES / seconds, unit: "cases/s" };
}

function createCase(id: number, random: Random): string {
  const row = (heads: number, area: number) => ({
    heads: random.below(heads),
    area: `${random.below(area)}.${1 + random.below(9)}`,
  });
  return JSON.stringify({
    id,
    regime: "civil-code",
    item: 1 + random.below(9),
    total: { heads: 1_505, area: "191619.21" },
    for: row(900, 110_000),
    against: row(400, 50_000),
    abstain: row(100, 10_000),
    rules: { invalid: "participates", deemed: "none" },
  });
}
