import { useState, type ReactNode } from "react";
import { CHARGE_CATEGORIES } from "../../../protocol/anchor/record/kinds.ts";
import { REVENUE_KINDS } from "../../../protocol/fund/account.ts";
import { figureOfKind, ORIGINAL_KINDS, type OriginalKind } from "../../../protocol/fund/entry.ts";
import { useTexts } from "../../language/language.tsx";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { Choice, TextField } from "../../shell/field.tsx";
import { FileChoice } from "../../shell/file-choice.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { ACTIONS, enterDraft, type Action, type Fields } from "./books.ts";
import { SettingsFields, UNDECIDED } from "./settings.tsx";
import { SpreadFields, type FieldProps } from "./spread.tsx";

const EMPTY: Fields = {
  ...{ kind: "charge", date: "", narration: "", amount: "", account: "", category: "other" },
  ...{ spread: "area", scope: "all", places: "", factors: "", number: "", file: undefined },
  settings: UNDECIDED,
};

type TextName = Exclude<keyof Fields, "file" | "scope" | "settings">;

/** What belongs to a kind: the units' part, what a charge was for, of which account income and costs are. */
function withKind(fields: Fields, kind: string): Fields {
  const spread = figureOfKind(kind as OriginalKind) === undefined ? "" : "area";
  const account = kind === "income" ? "income:revenue:parking" : "";
  return { ...fields, kind, spread, account, category: kind === "charge" ? "other" : "" };
}

function Text(props: FieldProps & { name: TextName; label: string; type?: string }): ReactNode {
  const { fields, onChange, name, label, type } = props;
  return (
    <TextField
      label={label}
      value={fields[name]}
      {...(type ? { type } : {})}
      onChange={(value) => onChange({ ...fields, [name]: value })}
      required
    />
  );
}

function KindChoice(props: FieldProps): ReactNode {
  const { fund, treasury } = useTexts("fund", "treasury");
  const { fields, onChange } = props;
  return (
    <Choice
      label={treasury.form.kind}
      value={fields.kind}
      options={ORIGINAL_KINDS.map((kind) => [kind, fund.words.kinds[kind]] as const)}
      onChange={(kind) => onChange(withKind(fields, kind))}
    />
  );
}

function AccountField(props: FieldProps): ReactNode {
  const { fund, treasury } = useTexts("fund", "treasury");
  const { fields, onChange } = props;
  if (fields.kind === "charge") {
    return (
      <Choice
        label={treasury.form.category}
        value={fields.category}
        options={CHARGE_CATEGORIES.map((name) => [name, fund.words.categories[name]] as const)}
        onChange={(category) => onChange({ ...fields, category })}
      />
    );
  }
  if (fields.kind === "income") {
    return (
      <Choice
        label={treasury.form.category}
        value={fields.account}
        options={REVENUE_KINDS.map((name) => {
          return [`income:revenue:${name}`, fund.words.revenues[name]] as const;
        })}
        onChange={(account) => onChange({ ...fields, account })}
      />
    );
  }
  if (fields.kind !== "cost") return null;
  const prefix = "income:costs:";
  return (
    <TextField
      label={treasury.form.cost}
      value={fields.account.replace(prefix, "")}
      onChange={(word) => onChange({ ...fields, account: word === "" ? "" : prefix + word })}
      required
    />
  );
}

type Part = "kind" | "account" | "number" | "from" | "amount" | "narration" | "spread" | "file";

/** What each action asks for besides its date. */
const PARTS: Record<Action, readonly Part[]> = {
  entry: ["kind", "account", "amount", "narration", "spread"],
  list: ["kind", "narration", "file"],
  reversal: ["number", "narration"],
  period: [],
  incomeShare: ["from"],
  distribution: ["amount", "narration"],
  balances: [],
  settings: [],
};

function ListFile(props: FieldProps): ReactNode {
  const { treasury } = useTexts("treasury");
  const { fields, onChange } = props;
  return (
    <div className="field">
      <FileChoice
        label={fields.file?.name ?? treasury.form.file}
        accept=".csv,.xlsx"
        onFile={(_, file) => onChange({ ...fields, file })}
      />
    </div>
  );
}

function ActionFields(props: FieldProps & { action: Exclude<Action, "settings"> }): ReactNode {
  const { form } = useTexts("treasury").treasury;
  const { action } = props;
  const views: Record<Part, ReactNode> = {
    kind: <KindChoice {...props} key="kind" />,
    account: <AccountField {...props} key="account" />,
    number: <Text {...props} key="number" name="number" label={form.number} />,
    from: <Text {...props} key="from" name="account" type="date" label={form.from} />,
    amount: <Text {...props} key="amount" name="amount" label={form.amount} />,
    narration: (
      <Text
        {...props}
        key="narration"
        name="narration"
        label={action === "reversal" ? form.reason : form.narration}
      />
    ),
    spread: <SpreadFields {...props} key="spread" />,
    file: <ListFile {...props} key="file" />,
  };
  return (
    <div className="field-row">
      <Text {...props} name="date" type="date" label={form.dates[action]} />
      {PARTS[action].map((part) => views[part])}
    </div>
  );
}

/** Enters something into the books: the service rehearses it at once, and another officer confirms it. */
export function BooksForm(props: { community: string }): ReactNode {
  const { treasury } = useTexts("treasury");
  const queries = useQueryClient();
  const { community } = props;
  const [action, setAction] = useState<Action>("entry");
  const [fields, setFields] = useState(EMPTY);
  const entering = useMutation({
    mutationFn: () => enterDraft(community, action, fields),
    onSuccess: () => {
      setFields(EMPTY);
      queries.invalidateQueries({ queryKey: ["fund", community, "drafts"] });
    },
  });
  return (
    <section className="section">
      <h2>{treasury.form.title}</h2>
      <p className="soft">{treasury.form.hint}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          entering.mutate();
        }}
      >
        <Choice
          label={treasury.form.action}
          value={action}
          options={ACTIONS.map((name) => [name, treasury.actions[name]] as const)}
          onChange={(chosen) => {
            setAction(chosen);
            setFields(EMPTY);
          }}
        />
        {action === "settings" ? (
          <SettingsFields community={community} fields={fields} onChange={setFields} />
        ) : (
          <ActionFields action={action} fields={fields} onChange={setFields} />
        )}
        {entering.isError && <ProblemView error={entering.error} />}
        {entering.isSuccess && <p className="state state-done">✔ {treasury.form.entered}</p>}
        <div className="actions">
          <button type="submit" className="button button-main" disabled={entering.isPending}>
            {treasury.form.enter}
          </button>
        </div>
      </form>
    </section>
  );
}
