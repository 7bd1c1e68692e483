import { useMutation } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { keyNumber } from "../signing/key-number.ts";
import type { Hex } from "../signing/signer.ts";
import { SeatLetter } from "./seat-letter.tsx";
import { confirmSeat, reopenSeat, withdrawSeat } from "./seats.ts";
import type { Appointer, OpenedSeat, Seat } from "./seats.ts";

interface SeatProps {
  readonly seat: Seat;
  readonly appointer: Appointer;
  readonly onChanged: () => void;
}

/** Somebody has used the link: whether it was the right one shows when both read the key's number. */
function Compare(props: SeatProps & { keyId: Hex }): ReactNode {
  const { keys, founding } = useTexts("keys", "founding");
  const { seat, appointer, keyId, onChanged } = props;
  const [isCompared, setCompared] = useState(false);
  const confirming = useMutation({
    mutationFn: () => confirmSeat(appointer, seat.id, keyId),
    onSuccess: onChanged,
  });
  return (
    <div className="stack">
      <p>
        {keys.number} <strong className="number key-number">{keyNumber(keyId)}</strong>
      </p>
      <label className="tick">
        <input
          type="checkbox"
          checked={isCompared}
          onChange={({ target }) => setCompared(target.checked)}
        />
        <span>{founding.seats.compared}</span>
      </label>
      {confirming.isError && <ProblemView error={confirming.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={!isCompared || confirming.isPending}
          onClick={() => confirming.mutate()}
        >
          {founding.seats.acts[appointer.act]}
        </button>
      </div>
    </div>
  );
}

function SeatActions(props: SeatProps & { onOpened: (opened: OpenedSeat) => void }): ReactNode {
  const { seats } = useTexts("founding").founding;
  const { seat, appointer, onChanged, onOpened } = props;
  const reopening = useMutation({
    mutationFn: () => reopenSeat(appointer, seat.id),
    onSuccess: (opened) => {
      onOpened(opened);
      onChanged();
    },
  });
  const withdrawing = useMutation({
    mutationFn: () => withdrawSeat(appointer, seat.id),
    onSuccess: onChanged,
  });
  return (
    <>
      {reopening.isError && <ProblemView error={reopening.error} />}
      {withdrawing.isError && <ProblemView error={withdrawing.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-quiet"
          disabled={reopening.isPending}
          onClick={() => reopening.mutate()}
        >
          {seats.newLink}
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={withdrawing.isPending}
          onClick={() => withdrawing.mutate()}
        >
          {seats.withdraw}
        </button>
      </div>
    </>
  );
}

function SeatLine(props: SeatProps & { opened: OpenedSeat | undefined }): ReactNode {
  const { founding, registry } = useTexts("founding");
  const { seat, opened } = props;
  const [renewed, setRenewed] = useState<OpenedSeat>();
  const letter = renewed ?? opened;
  const roles = seat.roles.map((role) => registry.roles[role] ?? role).join(" · ");
  const isOpen = seat.state !== "appointed";
  return (
    <li className="task stack" data-seat={seat.title} data-seat-state={seat.state}>
      <h3>{seat.title}</h3>
      <p className="soft">{roles}</p>
      <p
        className={
          seat.state === "invited" || seat.state === "claimed" ? "state" : "state state-done"
        }
      >
        {founding.seats.states[seat.state]}
      </p>
      {seat.state === "invited" && letter && <SeatLetter title={seat.title} opened={letter} />}
      {seat.state === "claimed" && seat.keyId && <Compare {...props} keyId={seat.keyId} />}
      {isOpen && <SeatActions {...props} onOpened={setRenewed} />}
    </li>
  );
}

/** Offices with their links and keys, and what is to be done with each. */
export function SeatList(props: {
  seats: readonly Seat[];
  appointer: Appointer;
  /** Links that were made just now, which nobody can show again. */
  opened: readonly OpenedSeat[];
  onChanged: () => void;
}): ReactNode {
  const { seats, appointer, opened, onChanged } = props;
  return (
    <ul className="tasks">
      {seats.map((seat) => (
        <SeatLine
          key={seat.id}
          seat={seat}
          appointer={appointer}
          opened={opened.find(({ id }) => id === seat.id)}
          onChanged={onChanged}
        />
      ))}
    </ul>
  );
}
