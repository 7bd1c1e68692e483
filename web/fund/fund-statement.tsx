import type { ReactNode } from "react";
import { nameMovement } from "../../protocol/fund/report/words.ts";
import { formatCount, formatYuan } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import type { Movement, Overview, Statement } from "./books.ts";
import { Bars, type Bar } from "./bars.tsx";
import { Reconciled } from "./reconciled.tsx";

/** Opening and what came in, less what went out, is closing: set as a sum on paper is. */
function Sum(props: { statement: Statement }): ReactNode {
  const { words } = useTexts("fund").fund;
  const { opening, closing, ...flow } = props.statement;
  const rows = [
    ["", words.opening, opening],
    ["+", words.in, flow.in],
    ["−", words.out, flow.out],
    ["=", words.closing, closing],
  ] as const;
  return (
    <table className="sum" aria-label={words.sum}>
      <tbody>
        {rows.map(([sign, label, amount]) => (
          <tr key={label}>
            <th scope="row">
              <span className="sum-sign">{sign}</span> {label}
            </th>
            <td className="number nowrap">{formatYuan(amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useBars(movements: readonly Movement[], side: "in" | "out"): Bar[] {
  const { fund } = useTexts("fund");
  return movements
    .filter((movement) => movement[side] > 0n)
    .map((movement) => ({
      name: nameMovement(fund.words, { ...movement, category: movement.category ?? null }),
      note: fund.entryCount(formatCount(movement.count)),
      amount: movement[side],
    }));
}

function Held(props: { now: Overview["funds"][number]["now"]; isMaintenance: boolean }): ReactNode {
  const { fund, shell } = useTexts("fund");
  const { now, isMaintenance } = props;
  return (
    <p className="soft">
      {fund.now}
      {shell.colon}
      {fund.atBank} <span className="number nowrap">{formatYuan(now.bank)}</span>
      {isMaintenance && (
        <>
          {" · "}
          {fund.invested} <span className="number nowrap">{formatYuan(now.investments)}</span>
        </>
      )}
    </p>
  );
}

/** Which part of the public income goes to the maintenance fund, and who decided that. */
function ShareRule(props: { settings: Overview["settings"] }): ReactNode {
  const { fund } = useTexts("fund");
  const { incomeShare } = props.settings;
  if (!incomeShare) return <p className="soft">{fund.share.none}</p>;
  const { permille, above, cap, period, source } = incomeShare;
  return (
    <p>
      {fund.share.rule(fund.share.periods[period], String(permille / 10))}
      {above > 0n && fund.share.above(formatYuan(above))}
      {cap !== undefined && fund.share.cap(formatYuan(cap))}{" "}
      <span className="soft">{fund.share.source(source)}</span>
    </p>
  );
}

/** One of the two funds over the chosen days: its sum, what it consists of, and how far the bank confirms it. */
export function FundStatement(props: {
  community: string;
  statement: Statement;
  overview: Overview | undefined;
}): ReactNode {
  const { fund } = useTexts("fund");
  const { community, statement, overview } = props;
  const now = overview?.funds.find((row) => row.fund === statement.fund)?.now;
  const isIncome = statement.fund === "income";
  return (
    <section className="section stack" data-fund={statement.fund}>
      <h2 className="ruled">{fund.words.funds[statement.fund]}</h2>
      <Sum statement={statement} />
      <Reconciled community={community} fund={statement.fund} />
      {now && <Held now={now} isMaintenance={!isIncome} />}
      <Bars title={fund.words.in} side="in" bars={useBars(statement.movements, "in")} />
      <Bars title={fund.words.out} side="out" bars={useBars(statement.movements, "out")} />
      {isIncome && overview && <ShareRule settings={overview.settings} />}
    </section>
  );
}
