import { useMutation, useQueryClient } from "../../service/query.ts";
import { useState, type ReactNode } from "react";
import { formatCount, formatTime } from "../../language/format.ts";
import { useLanguage, useMessages, useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { HouseholdLine } from "./household-line.tsx";
import {
  FILTERS,
  proposeKeys,
  useDeskActs,
  useHouseholds,
  type Filter,
  type RollPlace,
} from "./households.ts";
import { LettersSection } from "./letters.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { useRolls, type Roll } from "../roll/rolls.ts";

interface PlaceProps {
  readonly place: RollPlace;
  readonly isRegistrar: boolean;
}

/** The keys that were checked, before two officers: the registrar and somebody of the committee. */
function ProposeButton(
  props: PlaceProps & { checked: readonly string[]; onProposed: () => void },
): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const queries = useQueryClient();
  const { place, isRegistrar, checked, onProposed } = props;
  const proposing = useMutation({
    mutationFn: () => proposeKeys(place, checked),
    onSuccess: () => {
      onProposed();
      queries.invalidateQueries();
    },
  });
  const why = !isRegistrar
    ? desk.keys.registrarOnly
    : checked.length === 0
      ? desk.keys.noneChecked
      : undefined;
  return (
    <>
      {proposing.isError && <ProblemView error={proposing.error} />}
      {proposing.isSuccess && (
        <p className="state state-done">✔ {officers.keys.proposed(formatCount(proposing.data))}</p>
      )}
      {why && (
        <p className="soft" id="why-no-keys">
          {why}
        </p>
      )}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={why !== undefined || proposing.isPending}
          {...(why ? { "aria-describedby": "why-no-keys" } : {})}
          onClick={() => proposing.mutate()}
        >
          {desk.keys.propose(formatCount(checked.length))}
        </button>
      </div>
    </>
  );
}

function Filters(props: {
  filter: Filter;
  counts: Readonly<Record<Filter, number>> | undefined;
  onFilter: (filter: Filter) => void;
}): ReactNode {
  const { keys } = useTexts("desk").desk;
  const { filter, counts, onFilter } = props;
  const label = (name: Filter): string =>
    counts ? `${keys.filters[name]} (${formatCount(counts[name])})` : keys.filters[name];
  return (
    <Choice
      label={keys.filter}
      value={filter}
      options={FILTERS.map((name) => [name, label(name)] as const)}
      onChange={onFilter}
    />
  );
}

/** Which households are shown; another choice begins at the first page. */
function useSelection() {
  const [filter, setFilter] = useState<Filter>("waiting");
  const [unit, setUnit] = useState("");
  const [after, setAfter] = useState(0);
  return {
    ...{ filter, unit, after, setAfter },
    choose: (chosen: Filter) => {
      setFilter(chosen);
      setAfter(0);
    },
    find: (begin: string) => {
      setUnit(begin);
      setAfter(0);
    },
  };
}

function Households(props: PlaceProps): ReactNode {
  const { keys } = useTexts("desk").desk;
  const { place, isRegistrar } = props;
  const { filter, unit, after, setAfter, choose, find } = useSelection();
  const [checked, setChecked] = useState<readonly string[]>([]);
  const households = useHouseholds(place, { filter, unit, after });
  const { data } = households;
  const onCheck = (id: string, isChecked: boolean): void =>
    setChecked(isChecked ? [...checked, id] : checked.filter((other) => other !== id));
  return (
    <section className="section desk-part">
      <h2>{keys.title}</h2>
      <p className="note">{keys.why}</p>
      <div className="field-row section">
        <Filters filter={filter} counts={data?.counts} onFilter={choose} />
        <TextField label={keys.unit} value={unit} onChange={find} />
      </div>
      {households.isPending && <Loading />}
      {households.isError && <ProblemView error={households.error} />}
      {data?.items.length === 0 && <p className="empty section">{keys.none[filter]}</p>}
      <ul className="tasks">
        {data?.items.map((household) => (
          <HouseholdLine
            key={household.voter}
            {...{ place, isRegistrar, household, checked, onCheck }}
          />
        ))}
      </ul>
      <Pages after={after} next={data?.next} onAfter={setAfter} />
      {filter === "waiting" && (
        <ProposeButton {...props} checked={checked} onProposed={() => setChecked([])} />
      )}
    </section>
  );
}

function Pages(props: {
  after: number;
  next: number | undefined;
  onAfter: (after: number) => void;
}): ReactNode {
  const { keys } = useTexts("desk").desk;
  const { after, next, onAfter } = props;
  if (after === 0 && next === undefined) return null;
  return (
    <div className="actions">
      {after > 0 && (
        <button type="button" className="button button-quiet" onClick={() => onAfter(0)}>
          {keys.fromStart}
        </button>
      )}
      {next !== undefined && (
        <button type="button" className="button" onClick={() => onAfter(next)}>
          {keys.more}
        </button>
      )}
    </div>
  );
}

/** Who did what at this desk; what two sign is in the to-do list. */
function Acts(props: { place: RollPlace }): ReactNode {
  const { keys } = useTexts("desk").desk;
  const { language } = useLanguage();
  const acts = useDeskActs(props.place);
  const names: Readonly<Record<string, (count: string) => string>> = keys.acts;
  if (!acts.data?.length) return null;
  return (
    <section className="section desk-part">
      <Fold title={keys.actsTitle}>
        <ul className="checks">
          {acts.data.map(({ act, at, title, count, units, reason }) => (
            <li key={`${at} ${act} ${units.join()}`}>
              {formatTime(at, language)} {title} {names[act]?.(formatCount(count)) ?? act}{" "}
              <span className="soft small">
                {units.join(" · ")} {reason}
              </span>
            </li>
          ))}
        </ul>
      </Fold>
    </section>
  );
}

function RollChoice(props: {
  rolls: readonly Roll[];
  roll: number;
  onRoll: (roll: number) => void;
}): ReactNode {
  const { officers } = useTexts("officers");
  return (
    <div className="desk-part">
      <Choice
        label={officers.keys.rollChoose}
        value={String(props.roll)}
        options={props.rolls.map(({ roll, scope }) => [String(roll), `${roll}. ${scope}`] as const)}
        onChange={(chosen) => props.onRoll(Number(chosen))}
      />
    </div>
  );
}

export function KeysDesk(props: DeskProps): ReactNode {
  const { registry } = useMessages();
  const { community, desk } = props;
  const rolls = useRolls(community);
  const [chosen, setChosen] = useState<number>();
  if (rolls.isPending) return <Loading />;
  if (rolls.isError) return <ProblemView error={rolls.error} />;
  const frozen = rolls.data.filter(({ state }) => state === "frozen");
  const roll = chosen ?? frozen[0]?.roll;
  if (roll === undefined) return <p className="empty">{registry.roll.none}</p>;
  const place = { community, roll };
  const isRegistrar = desk.officer.roles.includes("registrar");
  return (
    <>
      <RollChoice rolls={frozen} roll={roll} onRoll={setChosen} />
      <Households key={`households ${roll}`} place={place} isRegistrar={isRegistrar} />
      <LettersSection key={`letters ${roll}`} place={place} isRegistrar={isRegistrar} />
      <Acts place={place} />
    </>
  );
}
