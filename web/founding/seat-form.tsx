import { useMutation } from "../service/query.ts";
import { useState, type ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { TextField } from "../shell/field.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { RoleChoice } from "./role-duties.tsx";
import { openSeat, ROLES, type Appointer, type OpenedSeat } from "./seats.ts";

interface Office {
  readonly title: string;
  readonly roles: readonly string[];
}

const NONE: Office = { title: "", roles: [] };

/** An office as it is usually called, to begin with. */
function Usual(props: { taken: readonly string[]; onChoose: (office: Office) => void }): ReactNode {
  const { seats } = useTexts("founding").founding;
  const open = seats.usual.filter(({ title }) => !props.taken.includes(title));
  if (open.length === 0) return null;
  return (
    <div className="actions">
      {open.map((office) => (
        <button
          key={office.title}
          type="button"
          className="button"
          onClick={() => props.onChoose(office)}
        >
          {seats.add(office.title)}
        </button>
      ))}
    </div>
  );
}

/** Opens an office: its name, its roles; a link follows. */
export function SeatForm(props: {
  appointer: Appointer;
  taken: readonly string[];
  onOpened: (opened: OpenedSeat) => void;
}): ReactNode {
  const { seats } = useTexts("founding").founding;
  const { appointer, taken, onOpened } = props;
  const [office, setOffice] = useState(NONE);
  const opening = useMutation({
    mutationFn: (given: Office) => openSeat(appointer, given),
    onSuccess: (opened) => {
      setOffice(NONE);
      onOpened(opened);
    },
  });
  return (
    <form
      className="section"
      onSubmit={(event) => {
        event.preventDefault();
        opening.mutate(office);
      }}
    >
      <h3>{seats.open}</h3>
      <Usual taken={taken} onChoose={setOffice} />
      <TextField
        label={seats.title}
        hint={seats.titleHint}
        value={office.title}
        onChange={(title) => setOffice({ ...office, title })}
        required
      />
      <RoleChoice
        chosen={office.roles}
        options={ROLES}
        onChange={(roles) => setOffice({ ...office, roles })}
      />
      {opening.isError && <ProblemView error={opening.error} />}
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={opening.isPending || office.roles.length === 0}
        >
          {seats.invite}
        </button>
      </div>
    </form>
  );
}
