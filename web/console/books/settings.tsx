import { useEffect, type ReactNode } from "react";
import { fromFen } from "../../../protocol/fund/money.ts";
import { shareShape, useOverview, type Overview } from "../../fund/books.ts";
import { formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { Facts } from "../../shell/facts.tsx";
import { flag, integer, maybe, object, text, type Read } from "../../service/shape.ts";
import type { Settings } from "./books.ts";
import type { FieldProps } from "./spread.tsx";

/** Nothing is decided yet. */
export const UNDECIDED: Settings = {
  ...{ topUpBelow: "30", topUpSource: "", negativeUnits: "no", negativeUnitsSource: "" },
  ...{ share: "", above: "", cap: "", period: "halfYear", shareSource: "" },
};

/** What holds now, to begin with: what is left as it is stays. */
function toTyped({ settings }: Overview): Settings {
  const { topUpBelow, topUpSource, negativeUnits, negativeUnitsSource, incomeShare } = settings;
  return {
    ...UNDECIDED,
    ...{ topUpBelow: String(topUpBelow / 10), topUpSource },
    ...{ negativeUnits: negativeUnits ? "yes" : "no" },
    negativeUnitsSource: negativeUnitsSource ?? "",
    ...(incomeShare && {
      ...{ share: String(incomeShare.permille / 10), period: incomeShare.period },
      above: incomeShare.above === 0n ? "" : fromFen(incomeShare.above),
      cap: incomeShare.cap === undefined ? "" : fromFen(incomeShare.cap),
      shareSource: incomeShare.source,
    }),
  };
}

type TextName = Exclude<keyof Settings, "negativeUnits" | "period">;

interface SettingsProps extends FieldProps {
  readonly community: string;
}

function SettingField(props: FieldProps & { name: TextName; required?: boolean }): ReactNode {
  const { settings: labels } = useTexts("treasury").treasury;
  const { fields, onChange, name, required } = props;
  return (
    <TextField
      label={labels[name]}
      value={fields.settings[name]}
      onChange={(value) => onChange({ ...fields, settings: { ...fields.settings, [name]: value } })}
      required={required ?? false}
    />
  );
}

function ShareFields(props: FieldProps): ReactNode {
  const { settings: labels } = useTexts("treasury").treasury;
  const { fields, onChange } = props;
  const { settings } = fields;
  return (
    <>
      <SettingField {...props} name="share" />
      {settings.share.trim() !== "" && (
        <>
          <Choice
            label={labels.period}
            value={settings.period}
            options={(["quarter", "halfYear", "year"] as const).map((name) => {
              return [name, labels.periods[name]] as const;
            })}
            onChange={(period) => onChange({ ...fields, settings: { ...settings, period } })}
          />
          <SettingField {...props} name="above" />
          <SettingField {...props} name="cap" />
          <SettingField {...props} name="shareSource" required />
        </>
      )}
    </>
  );
}

/** What the community has decided about its fund, each with its source. */
export function SettingsFields(props: SettingsProps): ReactNode {
  const { settings: labels } = useTexts("treasury").treasury;
  const { community, fields, onChange } = props;
  const { data } = useOverview(community, {});
  const { settings } = fields;
  useEffect(() => {
    if (data && settings === UNDECIDED) onChange({ ...fields, settings: toTyped(data) });
  }, [data, settings, fields, onChange]);
  if (!data) return null;
  return (
    <>
      <p className="note">{labels.hint}</p>
      <div className="field-row section">
        <SettingField {...props} name="topUpBelow" required />
        <SettingField {...props} name="topUpSource" required />
        <Choice
          label={labels.negativeUnits}
          value={settings.negativeUnits}
          options={[
            ["no", labels.negative.no],
            ["yes", labels.negative.yes],
          ]}
          onChange={(negativeUnits) =>
            onChange({ ...fields, settings: { ...settings, negativeUnits } })
          }
        />
        {settings.negativeUnits === "yes" && (
          <SettingField {...props} name="negativeUnitsSource" required />
        )}
        <ShareFields {...props} />
      </div>
    </>
  );
}

const termsShape = object({
  ...{ topUpBelow: integer, topUpSource: text, negativeUnits: flag },
  ...{ negativeUnitsSource: maybe(text), incomeShare: maybe(shareShape) },
});

type SettingsTerms = Read<typeof termsShape>;

function useRows({ incomeShare, ...terms }: SettingsTerms): [string, string][] {
  const { settings: labels } = useTexts("treasury").treasury;
  const { topUpBelow, topUpSource, negativeUnits, negativeUnitsSource } = terms;
  const rows: [string, string][] = [
    [labels.topUpBelow, `${topUpBelow / 10}%`],
    [labels.topUpSource, topUpSource],
    [labels.negativeUnits, labels.negative[negativeUnits ? "yes" : "no"]],
  ];
  if (negativeUnitsSource) rows.push([labels.negativeUnitsSource, negativeUnitsSource]);
  if (!incomeShare) return [...rows, [labels.share, labels.none]];
  const { permille, above, cap, period, source } = incomeShare;
  rows.push([labels.share, `${permille / 10}%`], [labels.period, labels.periods[period]]);
  if (above > 0n) rows.push([labels.above, formatYuan(above)]);
  if (cap !== undefined) rows.push([labels.cap, formatYuan(cap)]);
  return [...rows, [labels.shareSource, source]];
}

/** What another officer is asked to confirm. */
export function SettingsView(props: { terms: unknown }): ReactNode {
  return <Facts rows={useRows(termsShape(props.terms))} />;
}
