import type { FundFlag, FundFlagAnswer } from "../../database/generated/client.ts";
import { inspectDerived } from "../derived.ts";
import { compareRecorded } from "../recorded.ts";
import type { FsckContext } from "../subject.ts";

const last = (table: string): string =>
  `coalesce((SELECT max("number") FROM "${table}" x WHERE x."communityId" = c.id), 0)`;

const WRITERS = `
  (SELECT "communityId" FROM "FundFlag" UNION SELECT "communityId" FROM "FundFlagAnswer"
   UNION SELECT "communityId" FROM "Record" WHERE "type" = 'flagRules'
   UNION SELECT "id" FROM "Community" WHERE "id" IN (SELECT "communityId" FROM "FlagBooks")) AS c (id)`;

const BOOKS = `
  SELECT coalesce(c.id, b."communityId") AS community, coalesce(c.id, b."communityId") AS row,
    CASE WHEN b."communityId" IS NOT NULL THEN jsonb_build_object(
      'lastFlag', b."lastFlag", 'lastAnswer', b."lastAnswer", 'parameters', b."parameters") END AS kept,
    CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('lastFlag', ${last("FundFlag")},
      'lastAnswer', ${last("FundFlagAnswer")}, 'parameters', (
        SELECT r."text"::jsonb->'rules' FROM "Record" r WHERE r."communityId" = c.id AND r."type" = 'flagRules'
        ORDER BY r."index" DESC LIMIT 1)) END AS expected
  FROM ${WRITERS} FULL JOIN "FlagBooks" b ON b."communityId" = c.id`;

/** What the formulas found, and what was answered, as it was published. */
export async function inspectFlags(context: FsckContext): Promise<void> {
  await compareRecorded<FundFlag, "flag">(context, {
    ...{ table: "FundFlag", type: "flag", key: ["number"], time: "raisedAt" },
    expected: ({ number, formula, parameters, inputs, figures }) => {
      return { number, formula, parameters, inputs, figures };
    },
  });
  await compareRecorded<FundFlagAnswer, "flagAnswer">(context, {
    ...{ table: "FundFlagAnswer", type: "flagAnswer", key: ["number"], time: "answeredAt" },
    expected: ({ number, flag: flagNumber, text, documents, by }) => {
      return { number, flagNumber, text, documents, by };
    },
  });
  await inspectDerived(context, { table: "FlagBooks", sql: BOOKS });
}
