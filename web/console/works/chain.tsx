import { useState, type ReactNode } from "react";
import { formatCount, formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Facts } from "../../shell/facts.tsx";
import { TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Submit } from "./submit.tsx";
import { propose, useFundsOnChain, type FundOnChain } from "./works.ts";

interface FundProps {
  readonly community: string;
  readonly account: FundOnChain;
}

function RulesForm(props: FundProps): ReactNode {
  const { chain } = useTexts("works").works;
  const { community, account } = props;
  const { fund } = account;
  const [approvals, setApprovals] = useState(String(account.approvals));
  const [overrun, setOverrun] = useState(String(account.overrunBasisPoints / 100));
  const [source, setSource] = useState("");
  const overrunBasisPoints = Math.round(Number(overrun) * 100);
  const body = { fund, approvals: Number(approvals), overrunBasisPoints, source };
  return (
    <Fold title={chain.rules}>
      <TextField
        label={chain.approvals}
        type="number"
        value={approvals}
        onChange={setApprovals}
        required
      />
      <TextField label={chain.overrun} value={overrun} onChange={setOverrun} required />
      <TextField label={chain.source} value={source} onChange={setSource} required />
      <Submit
        written={chain.writtenRules(approvals, overrun)}
        label={chain.proposeRules}
        why={source.trim() === "" ? chain.sourceMissing : undefined}
        act={() => propose(community, "/chain/rules", body)}
      />
    </Fold>
  );
}

function FundLine(props: FundProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { chain } = works;
  const { community, account } = props;
  const { fund, credited, committed, free, received, approvals, overrunBasisPoints } = account;
  return (
    <li className="task stack" data-chain-fund={fund}>
      <h3>{projects.funds[fund]}</h3>
      <Facts
        rows={[
          [chain.received, formatYuan(received)],
          [chain.credited, formatYuan(credited)],
          [chain.committed, formatYuan(committed)],
          [chain.free, formatYuan(free)],
          [chain.rule, chain.ruleText(formatCount(approvals), String(overrunBasisPoints / 100))],
        ]}
      />
      {received > 0n && received !== credited && (
        <Submit
          written={chain.writtenCredit(formatYuan(received))}
          label={chain.proposeCredit}
          act={() => propose(community, "/chain/credits", { fund })}
        />
      )}
      <RulesForm {...props} />
    </li>
  );
}

/** What the contract holds each fund to have, and how a payment of it is approved: both by two signatures. */
export function WorksChain(props: { community: string }): ReactNode {
  const { chain } = useTexts("works").works;
  const { community } = props;
  const accounts = useFundsOnChain(community);
  return (
    <Fold title={chain.title}>
      <p className="soft">{chain.hint}</p>
      <ul className="tasks">
        {accounts.data?.map((account) => (
          <FundLine key={account.fund} community={community} account={account} />
        ))}
      </ul>
    </Fold>
  );
}
