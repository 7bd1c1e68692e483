import type { ReactNode } from "react";
import { nameMovement } from "../../protocol/fund/report/words.ts";
import { documentUrl } from "../anchor/documents.ts";
import { formatArea, formatCount, formatDay, formatYuan } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import { signed } from "./entry-view.tsx";
import type { OwnPosting, OwnUnit, Share } from "./own.ts";
import { computeShare, weightAsArea } from "./share.ts";

/** The whole calculation, so that it can be done again with a pencil; this page has done it too. */
function Arithmetic(props: { community: string; share: Share; amount: bigint }): ReactNode {
  const { fund } = useTexts("fund");
  const { community, share, amount } = props;
  const result = computeShare(share);
  const isRight = result === (amount < 0n ? -amount : amount);
  const factor = share.factor === "1" ? "" : ` × ${share.factor}`;
  return (
    <div data-arithmetic={isRight ? "right" : "wrong"}>
      <p className="arithmetic">
        {formatYuan(share.amount)} × {formatArea(share.area)} m²{factor} ÷{" "}
        {formatArea(weightAsArea(share))} m² {share.extra ? fund.mine.roundedUp : fund.mine.rounded}{" "}
        = <strong className="nowrap">{formatYuan(result)}</strong>
      </p>
      <p className="small">
        {isRight ? `✔ ${fund.mine.arithmeticRight}` : `✘ ${fund.mine.arithmeticWrong}`}{" "}
        <a href={documentUrl(community, share.schedule)}>{fund.schedule}</a>
      </p>
      {share.factor !== "1" && <p className="soft small">{fund.mine.weighted}</p>}
    </div>
  );
}

function Posting(props: { community: string; posting: OwnPosting }): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { community, posting } = props;
  const { number, date, narration, amount, balance, share, kind, category, recordIndex } = posting;
  const title = (
    <span className="entry">
      <span className="entry-what">{narration}</span>
      <span className="entry-flow number nowrap">{signed(amount)}</span>
      <span className="entry-when soft small">
        {formatDay(date, language)} ·{" "}
        {nameMovement(fund.words, { kind, category: category ?? null })}
      </span>
    </span>
  );
  return (
    <li data-posting={number}>
      <Fold title={title}>
        <div className="stack">
          {share && <Arithmetic community={community} share={share} amount={amount} />}
          <p>
            {fund.mine.after} <span className="number nowrap">{formatYuan(balance)}</span>
          </p>
          <p className="small">
            {fund.words.entryNumber(formatCount(number))} ·{" "}
            <a href={communityPath(community, `/records/${recordIndex}`)}>
              {fund.record(formatCount(recordIndex))}
            </a>
          </p>
        </div>
      </Fold>
    </li>
  );
}

function Figures(props: { unit: OwnUnit }): ReactNode {
  const { fund } = useTexts("fund");
  const { deposited, gained, used, balance, owed } = props.unit;
  const rows = [
    ["", fund.mine.deposited, deposited],
    ["+", fund.mine.gained, gained],
    ["−", fund.mine.used, used],
    ["=", owed > 0n ? fund.mine.owed : fund.mine.balance, owed > 0n ? owed : balance],
  ] as const;
  return (
    <table className="sum" aria-label={fund.mine.balance}>
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

/** A flat's own ledger: what it has, and every posting with its arithmetic. */
export function UnitLedger(props: { community: string; unit: OwnUnit }): ReactNode {
  const { fund } = useTexts("fund");
  const { community, unit } = props;
  const { postings, topUpDue, firstDeposit, shared } = unit;
  return (
    <>
      <p className="soft">
        {fund.mine.area} <span className="number">{formatArea(unit.area)} m²</span>
      </p>
      <Figures unit={unit} />
      {topUpDue && <p className="state">{fund.mine.topUp(formatYuan(firstDeposit))}</p>}
      {shared > 0n && <p className="soft">{fund.mine.shared(formatYuan(shared))}</p>}
      <h3>{fund.mine.postings}</h3>
      {postings.length === 0 ? (
        <p className="empty">{fund.mine.noPostings}</p>
      ) : (
        <ul className="entries">
          {postings.map((posting) => (
            <Posting key={posting.number} community={community} posting={posting} />
          ))}
        </ul>
      )}
    </>
  );
}
