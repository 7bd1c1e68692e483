import type { ReactNode } from "react";
import { formatCount, formatDay, formatYuan } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { useReconciliation, type Fund, type Reconciliation } from "./books.ts";
import "../style/fund.css";

function Line(props: { state: Reconciliation; isNamed: boolean }): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { state, isNamed } = props;
  const { reconciledTo, openLines, openEntries, unseenPayments, isExplained } = state;
  const name = isNamed ? `${fund.words.funds[state.fund]} · ` : "";
  if (reconciledTo === undefined) {
    return (
      <p className="reconciled" data-reconciled="never">
        {name}
        {fund.reconciled.never}
      </p>
    );
  }
  const isWell = isExplained && unseenPayments === 0;
  return (
    <p className="reconciled" data-reconciled={isWell ? "explained" : "open"}>
      <span aria-hidden="true">{isWell ? "✔" : "!"}</span> {name}
      {fund.reconciled.until(
        formatDay(reconciledTo, language),
        formatCount(openLines.count),
        formatCount(openEntries.count),
      )}
      {!isExplained && ` ${fund.reconciled.unexplained(formatYuan(state.ledger - state.bank))}`}
      {unseenPayments > 0 && ` ${fund.reconciled.unseen(formatCount(unseenPayments))}`}
    </p>
  );
}

/** "Reconciled to the bank on …, N lines open", of one fund or of both: stands on every page about money. */
export function Reconciled(props: { community: string; fund?: Fund }): ReactNode {
  const states = useReconciliation(props.community);
  const shown = states.data?.filter(({ fund }) => props.fund === undefined || fund === props.fund);
  return shown?.map((state) => (
    <Line key={state.fund} state={state} isNamed={props.fund === undefined} />
  ));
}
