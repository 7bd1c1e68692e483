// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import type { RecordOf } from "../../protocol/anchor/record.ts";
import { readRecord } from "../../protocol/verify/entry.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { documentUrl, sha256Hex } from "../anchor/documents.ts";
import { checkRecords, type CheckedRecords } from "../assembly/records-check.ts";
import { requestBytes } from "../service/request.ts";
import type { Period } from "./books.ts";

export interface StatementCheck {
  /** What the page shows is what the record says. */
  readonly shown: boolean;
  readonly document: boolean;
  readonly checked: CheckedRecords;
}

type Amounts = Record<"in" | "out", unknown>;

const flowText = (row: Amounts): string => `${String(row.in)} ${String(row.out)}`;

/** Everything that the page shows of both funds, in one text. */
function fundsText(funds: Period["funds"] | RecordOf<"period">["funds"]): string {
  return funds
    .flatMap(({ fund, opening, closing, movements, ...flow }) => [
      `${fund} ${opening} ${flowText(flow)} ${closing}`,
      ...movements.map(({ kind, category, count, ...row }) => {
        return `${kind} ${category ?? ""} ${count} ${flowText(row)}`;
      }),
    ])
    .join("\n");
}

const textOf = ({ period, from, to, funds }: Period | RecordOf<"period">): string =>
  `${period} ${from} ${to}\n${fundsText(funds)}`;

/** Whether a period's statement, as the page shows it, stands in the log under a head on chain, with its document. */
export async function checkStatement(community: string, period: Period): Promise<StatementCheck> {
  const source = new HttpRecordSource({ api: `${location.origin}/api`, community });
  const entry = await source.record(period.recordIndex);
  const { record } = readRecord(entry);
  const hash = await requestBytes(documentUrl(community, period.statement)).then(sha256Hex);
  const isPeriod = record?.type === "period";
  return {
    shown: isPeriod && textOf(record) === textOf(period),
    document: isPeriod && hash === record.statement,
    checked: await checkRecords(community, [entry]),
  };
}
