// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { useMutation, useQuery } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import { receiptNumber, type Receipt, type Slip } from "../../protocol/assembly/receipt.ts";
import { formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { findReceipt } from "./cast.ts";
import { DisputeMaker } from "./dispute-maker.tsx";
import { findBallot, keepBallot, type KeptBallot } from "./kept-ballot.ts";
import { QrCode } from "../shell/qr-code.tsx";
import { saveReceipt, saveReceiptPicture, toCheckUrl } from "./receipt-file.ts";
import "../style/vote.css";

const POLL_MILLISECONDS = 2000;

/** The kept ballot; where its receipt was not there yet when it was cast, it is asked for now. */
async function loadBallot(leaf: string): Promise<KeptBallot | null> {
  const ballot = await findBallot(leaf);
  if (!ballot || ballot.receipt) return ballot ?? null;
  const receipt = await findReceipt(ballot.community, ballot.ballot);
  if (!receipt) return ballot;
  const sealed = { ...ballot, receipt };
  await keepBallot(sealed);
  return sealed;
}

function Answers(props: { ballot: KeptBallot; receipt: Receipt }): ReactNode {
  const { vote } = useTexts("vote");
  const [isShown, setShown] = useState(false);
  const { ballot, receipt } = props;
  return (
    <section className="section">
      <h2>{vote.receipt.answers}</h2>
      {isShown && (
        <ol className="choices">
          {receipt.answers.map((answer, i) => (
            <li key={i}>
              <span>{ballot.motions[i]}</span>
              <span className="choice-answer">{vote.choices[answer]}</span>
            </li>
          ))}
        </ol>
      )}
      <button type="button" className="button button-quiet" onClick={() => setShown(!isShown)}>
        {isShown ? vote.receipt.hide : vote.receipt.show}
      </button>
    </section>
  );
}

function ReceiptQr(props: { receipt: Receipt }): ReactNode {
  const { vote } = useTexts("vote");
  const [isShown, setShown] = useState(false);
  return (
    <section className="section">
      {/* On paper it is always there: that is what a printed receipt is for. */}
      <div className={isShown ? "" : "print-only"}>
        <QrCode text={toCheckUrl(props.receipt)} label={vote.receipt.qr} />
      </div>
      <button type="button" className="button button-quiet" onClick={() => setShown(!isShown)}>
        {isShown ? vote.receipt.hideQr : vote.receipt.showQr}
      </button>
    </section>
  );
}

function SaveButtons(props: { ballot: KeptBallot; receipt: Receipt }): ReactNode {
  const { vote, shell } = useTexts("vote");
  const { language } = useLanguage();
  const { ballot, receipt } = props;
  const painting = useMutation({
    mutationFn: () =>
      saveReceiptPicture(receipt, {
        heading: vote.receipt.title,
        lines: [ballot.title, formatTime(ballot.castAt, language), vote.receipt.qr],
        warning: vote.receipt.secret,
      }),
  });
  return (
    <>
      {painting.isError && <ProblemView error={painting.error} />}
      <div className="actions">
        <Link className="button button-main" href={`/check?leaf=${ballot.leaf}`}>
          {vote.receipt.check}
        </Link>
        <button type="button" className="button" onClick={() => painting.mutate()}>
          {vote.receipt.savePicture}
        </button>
        <button type="button" className="button" onClick={() => saveReceipt(receipt)}>
          {vote.receipt.save}
        </button>
        <button type="button" className="button" onClick={() => print()}>
          {shell.print}
        </button>
      </div>
    </>
  );
}

function SealedReceipt(props: { ballot: KeptBallot; receipt: Receipt }): ReactNode {
  const { vote } = useTexts("vote");
  const { ballot, receipt } = props;
  return (
    <>
      <p className="state state-done">✔ {vote.receipt.sealedIn(receipt.batch)}</p>
      <p>{vote.receipt.kept}</p>
      <SaveButtons ballot={ballot} receipt={receipt} />
      <Answers ballot={ballot} receipt={receipt} />
      <ReceiptQr receipt={receipt} />
      <p className="section note note-amber">{vote.receipt.secret}</p>
      <p className="soft small">{vote.receipt.otherDevice}</p>
      <Dispute ballot={ballot} given={receipt} />
    </>
  );
}

function Dispute(props: { ballot: KeptBallot; given: Receipt | Slip }): ReactNode {
  const { ballot, given } = props;
  return <DisputeMaker community={ballot.community} complaint={{ kind: "ballot", given }} />;
}

/** Not on chain yet; what the service has promised may be held against it. */
function Unsealed({ ballot }: { ballot: KeptBallot }): ReactNode {
  const { vote } = useTexts("vote");
  const { promise, ...signed } = ballot.ballot;
  return (
    <>
      <p className="state" role="status">
        … {vote.receipt.pending}
      </p>
      {promise !== undefined && <Dispute ballot={ballot} given={{ ...signed, promise }} />}
    </>
  );
}

function ReceiptSheet(props: { ballot: KeptBallot }): ReactNode {
  const { vote } = useTexts("vote");
  const { language } = useLanguage();
  const { ballot } = props;
  const meeting = `/communities/${ballot.community}/meetings/${ballot.meeting}`;
  return (
    <div className="stack">
      <p className="soft">{vote.receipt.number}</p>
      <p className="receipt-number">{receiptNumber(ballot.leaf)}</p>
      <p>
        <Link href={meeting}>{ballot.title}</Link>
      </p>
      <p className="soft">{formatTime(ballot.castAt, language)}</p>
      {ballot.receipt ? (
        <SealedReceipt ballot={ballot} receipt={ballot.receipt} />
      ) : (
        <Unsealed ballot={ballot} />
      )}
    </div>
  );
}

export default function ReceiptPage(): ReactNode {
  const { vote } = useTexts("vote");
  const { leaf = "" } = useParams<{ leaf: string }>();
  const ballot = useQuery({
    queryKey: ["receipt", leaf],
    queryFn: () => loadBallot(leaf),
    refetchInterval: ({ state }) =>
      state.data && !state.data.receipt && !state.error ? POLL_MILLISECONDS : false,
  });
  if (ballot.isPending) return <Loading tall />;
  return (
    <Page title={vote.receipt.title} kind="notice">
      {ballot.isError && <ProblemView error={ballot.error} onRetry={() => void ballot.refetch()} />}
      {ballot.data && <ReceiptSheet ballot={ballot.data} />}
      {ballot.data === null && (
        <p className="empty">
          <strong>{vote.receipt.none}</strong>
          {vote.receipt.noneCure} <Link href="/check">{vote.receipt.check}</Link>
        </p>
      )}
    </Page>
  );
}
