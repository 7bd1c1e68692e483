// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { useQuery } from "../service/query.ts";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { useSearchParams } from "wouter";
import { receiptNumber, type Receipt } from "../../protocol/assembly/receipt.ts";
import { formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { FileChoice } from "../shell/file-choice.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { listBallots } from "./kept-ballot.ts";
import { fromFile, fromHash } from "./receipt-file.ts";
import "../style/vote.css";

// What reads the chain is several times the page; only a receipt needs it.
const ReceiptCheck = lazy(() => import("./receipt-check.tsx"));
const DisputeCheck = lazy(() => import("./dispute-check.tsx"));

/** A dispute file is checked with all that lies in it, without this service. */
function Disputes(): ReactNode {
  const { dispute } = useTexts("dispute");
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer>>();
  return (
    <section className="section stack">
      <h2>{dispute.chooseTitle}</h2>
      <p>{dispute.chooseIntro}</p>
      {bytes && (
        <Suspense fallback={<Loading />}>
          <DisputeCheck bytes={bytes} />
        </Suspense>
      )}
      <div className="actions">
        <FileChoice label={dispute.choose} accept="application/zip,.zip" onFile={setBytes} />
      </div>
    </section>
  );
}

interface Given {
  readonly receipt?: Receipt;
  readonly problem?: unknown;
}

function take(read: () => Receipt | undefined): Given {
  try {
    const receipt = read();
    return receipt ? { receipt } : {};
  } catch (problem) {
    return { problem };
  }
}

function StoredReceipts(props: { onChoose: (receipt: Receipt) => void }): ReactNode {
  const { check } = useTexts("check");
  const { language } = useLanguage();
  const ballots = useQuery({ queryKey: ["kept-ballots"], queryFn: listBallots });
  const sealed = (ballots.data ?? []).flatMap((ballot) =>
    ballot.receipt ? [{ ...ballot, receipt: ballot.receipt }] : [],
  );
  if (sealed.length === 0) return null;
  return (
    <section className="section">
      <h2>{check.ballot.stored}</h2>
      <ul className="cards">
        {sealed.map(({ leaf, title, castAt, receipt }) => (
          <li key={leaf} className="stored">
            <div>
              <p>{title}</p>
              <p className="soft small">
                <span className="mono">{receiptNumber(leaf)}</span> · {formatTime(castAt, language)}
              </p>
            </div>
            <button type="button" className="button" onClick={() => props.onChoose(receipt)}>
              {check.ballot.run}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The receipt that the address names: in its fragment, or by the leaf of one kept in this browser. */
function useGiven(): [Given, (given: Given) => void] {
  const [search] = useSearchParams();
  const [given, setGiven] = useState<Given>(() => take(() => fromHash(location.hash)));
  const leaf = search.get("leaf");
  const kept = useQuery({
    queryKey: ["kept-ballots", leaf],
    enabled: leaf !== null,
    queryFn: async () => (await listBallots()).find((ballot) => ballot.leaf === leaf) ?? null,
  });
  useEffect(() => {
    const read = (): void => setGiven(take(() => fromHash(location.hash)));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const receipt = kept.data?.receipt;
  const isNamed = !given.receipt && !given.problem && receipt !== undefined;
  return [isNamed ? { receipt } : given, setGiven];
}

export default function CheckPage(): ReactNode {
  const { check } = useTexts("check");
  const [{ receipt, problem }, setGiven] = useGiven();
  const takeFile = (bytes: Uint8Array): void => setGiven(take(() => fromFile(bytes)));
  return (
    <Page title={check.ballot.title}>
      <p className="lead">{check.ballot.intro}</p>
      {problem !== undefined && <ProblemView error={problem} />}
      {receipt && (
        <Suspense fallback={<Loading />}>
          <ReceiptCheck key={receipt.leaf} receipt={receipt} />
        </Suspense>
      )}
      <StoredReceipts onChoose={(chosen) => setGiven({ receipt: chosen })} />
      <div className="actions">
        <FileChoice label={check.ballot.choose} onFile={takeFile} />
      </div>
      <Disputes />
    </Page>
  );
}
