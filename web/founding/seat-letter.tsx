import type { ReactNode } from "react";
import { formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { QrCode } from "../shell/qr-code.tsx";
import { joinAddress, type OpenedSeat } from "./seats.ts";

/** The one letter with which an office is handed over: to be shown, printed or sent, this once. */
export function SeatLetter(props: { title: string; opened: OpenedSeat }): ReactNode {
  const { founding, shell } = useTexts("founding");
  const { language } = useLanguage();
  const { title, opened } = props;
  const address = joinAddress(opened.code);
  return (
    <section className="letter stack" data-seat-letter={title}>
      <h3>{founding.letter.title(title)}</h3>
      <p>{founding.letter.text}</p>
      <QrCode text={address} label={founding.letter.qr} />
      <p className="mono">{`${location.origin}/join`}</p>
      <p className="invitation-code">{opened.code}</p>
      <p className="soft small">{founding.letter.until(formatTime(opened.expiresAt, language))}</p>
      <div className="actions screen-only">
        <button type="button" className="button" onClick={() => print()}>
          {shell.print}
        </button>
        <a className="button" href={address}>
          {founding.letter.mine}
        </a>
      </div>
    </section>
  );
}
