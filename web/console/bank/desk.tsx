import { useState, type ReactNode } from "react";
import { formatDay, formatYuan } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { Reconciled } from "../../fund/reconciled.tsx";
import type { Fund } from "../../fund/books.ts";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { Choice, TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { bankKey, openBankAccount, useBankAccounts, type BankAccount } from "./bank.ts";
import { BankImport } from "./import.tsx";
import { BankLinks } from "./links.tsx";
import { BankSettled } from "./settled.tsx";
import type { DeskProps } from "../officers-page.tsx";

interface Entered {
  readonly fund: Fund;
  readonly name: string;
  readonly number: string;
}

function AccountFields(props: {
  account: Entered;
  onChange: (account: Entered) => void;
}): ReactNode {
  const { treasury } = useTexts("treasury");
  const { account, onChange } = props;
  return (
    <>
      <TextField
        label={treasury.accountName}
        value={account.name}
        onChange={(name) => onChange({ ...account, name })}
        required
      />
      <TextField
        label={treasury.accountNumber}
        hint={treasury.accountNumberHint}
        value={account.number}
        onChange={(number) => onChange({ ...account, number })}
        required
      />
    </>
  );
}

function NewAccount(props: { community: string; open: boolean }): ReactNode {
  const { treasury, fund: texts } = useTexts("treasury", "fund");
  const queries = useQueryClient();
  const { community, open } = props;
  const [account, setAccount] = useState<Entered>({
    ...{ fund: "maintenance", name: "", number: "" },
  });
  const opening = useMutation({
    mutationFn: () => openBankAccount(community, account),
    onSuccess: () => queries.invalidateQueries({ queryKey: bankKey(community) }),
  });
  return (
    <Fold title={treasury.newAccount} open={open}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          opening.mutate();
        }}
      >
        <Choice
          label={texts.whichFund}
          value={account.fund}
          options={[
            ["maintenance", texts.words.funds.maintenance],
            ["income", texts.words.funds.income],
          ]}
          onChange={(fund) => setAccount({ ...account, fund })}
        />
        <AccountFields account={account} onChange={setAccount} />
        {opening.isError && <ProblemView error={opening.error} />}
        <div className="actions">
          <button type="submit" className="button" disabled={opening.isPending}>
            {treasury.register}
          </button>
        </div>
      </form>
    </Fold>
  );
}

function AccountDesk(props: { community: string; accounts: readonly BankAccount[] }): ReactNode {
  const { treasury } = useTexts("treasury");
  const { community, accounts } = props;
  const { language } = useLanguage();
  const [chosen, choose] = useState(String(accounts[0]!.account));
  const account = accounts.find((known) => String(known.account) === chosen) ?? accounts[0]!;
  const { closing, closedOn } = account;
  return (
    <>
      <Choice
        label={treasury.account}
        value={chosen}
        options={accounts.map((known) => {
          return [String(known.account), `${known.name} ···${known.tail}`] as const;
        })}
        onChange={choose}
      />
      {closing !== undefined && closedOn !== undefined && (
        <p className="soft">
          {treasury.stands(formatDay(closedOn, language), formatYuan(closing))}
        </p>
      )}
      <Reconciled community={community} fund={account.fund} />
      <BankImport key={`import ${chosen}`} community={community} account={account} />
      <BankLinks key={`links ${chosen}`} community={community} account={account} />
      <BankSettled key={`settled ${chosen}`} community={community} account={account} />
    </>
  );
}

/** The bank's side of the books: accounts, statements, and what their lines belong to. */
export function BankDesk(props: DeskProps): ReactNode {
  const { treasury } = useTexts("treasury");
  const { community } = props;
  const accounts = useBankAccounts(community);
  if (accounts.isPending) return <Loading />;
  if (accounts.isError) {
    return <ProblemView error={accounts.error} onRetry={() => void accounts.refetch()} />;
  }
  const { data } = accounts;
  return (
    <div className="section stack">
      {data.length === 0 ? (
        <p className="empty">{treasury.noAccounts}</p>
      ) : (
        <AccountDesk community={community} accounts={data} />
      )}
      <NewAccount community={community} open={data.length === 0} />
    </div>
  );
}
