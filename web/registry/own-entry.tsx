import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { formatArea, formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Seal } from "../shell/seal.tsx";
import type { Hex } from "../signing/signer.ts";
import { findPlace, type OwnVoter } from "./me.ts";
import type { OwnChecks } from "./own-check.ts";
import "../style/verdict.css";
import "../style/meeting.css";

const CHECKS = ["lines", "area", "key"] as const;

function CheckLine(props: { text: string; passed: boolean | undefined }): ReactNode {
  const { text, passed } = props;
  const state = passed === undefined ? "unknown" : passed ? "pass" : "fail";
  return (
    <li className={`check-${state}`} data-own-check={state}>
      <span className="check-mark" aria-hidden="true">
        {{ unknown: "…", pass: "✔", fail: "✘" }[state]}
      </span>{" "}
      {text}
    </li>
  );
}

function Units(props: { own: OwnVoter }): ReactNode {
  const { shell, keys } = useTexts("keys");
  const { own } = props;
  const total = own.lines.reduce((sum, { area }) => sum + area, 0n);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{keys.enrol.unit}</th>
          <th scope="col" className="number">
            {shell.areaColumn}
          </th>
        </tr>
      </thead>
      <tbody>
        {own.lines.map(({ unit, area }) => (
          <tr key={unit}>
            <th scope="row">{unit}</th>
            <td className="number">{formatArea(area)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{keys.enrol.total}</th>
          <td className="number">
            <strong>{formatArea(total)}</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Checks(props: { checks: OwnChecks | undefined }): ReactNode {
  const { keys } = useTexts("keys");
  const { checks } = props;
  const allPassed = checks !== undefined && CHECKS.every((name) => checks[name]);
  return (
    <div className="checked-here">
      <ul>
        {CHECKS.map((name) => (
          <CheckLine key={name} text={keys.enrol.checks[name]} passed={checks?.[name]} />
        ))}
      </ul>
      {allPassed && <Seal small />}
    </div>
  );
}

/** An owner's entry in one roll, with what this device found when it held it against the chain. */
export function OwnEntry(props: { registry: Hex; own: OwnVoter; keyId: Hex }): ReactNode {
  const { enrol } = useTexts("keys").keys;
  const { registry, own, keyId } = props;
  const key = findPlace(own, keyId);
  const checks = useQuery({
    queryKey: ["own-check", registry, own.roll, own.voter, keyId],
    queryFn: async () => {
      // What reads the chain is larger than the page: the entry does not wait for it.
      const { checkOwn } = await import("./own-check.ts");
      return checkOwn(registry, own, key);
    },
  });
  return (
    <section className="section stack">
      <p>
        {enrol.voter} <strong className="number">{formatCount(own.voter)}</strong>{" "}
        <span className="soft small">{enrol.voterHint}</span>
      </p>
      <h3>{enrol.units}</h3>
      <Units own={own} />
      {checks.isError ? <ProblemView error={checks.error} /> : <Checks checks={checks.data} />}
    </section>
  );
}
