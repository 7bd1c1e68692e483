import type { Checks } from "../report.ts";
import { numbersOf, placed } from "./books.ts";
import { officersOf } from "./entries.ts";
import type { FundEvidence } from "./evidence.ts";

/** Settings are numbered, and two different officers stand behind each. */
export function checkSettings(evidence: FundEvidence, checks: Checks): void {
  const settings = placed(evidence, "fundSettings");
  const found = numbersOf(settings.map(({ record }) => record.number));
  checks.equal({ name: "fundSettings", expected: "", found });
  const known = officersOf(evidence);
  for (const { record } of settings) {
    const { number, author, confirmer } = record;
    const passed = author !== confirmer && known.has(author) && known.has(confirmer);
    checks.that(passed, {
      ...{ name: "fundSettings", subject: number },
      ...{ expected: "two different officers", found: `${author} ${confirmer}` },
    });
  }
  for (const { record } of placed(evidence, "period")) {
    const { period, author, confirmer } = record;
    const passed = author !== confirmer && known.has(author) && known.has(confirmer);
    checks.that(passed, {
      ...{ name: "periodOfficers", subject: period },
      ...{ expected: "two different officers", found: `${author} ${confirmer}` },
    });
  }
}
