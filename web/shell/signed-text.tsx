import type { ReactNode } from "react";

/** A typed message (EIP-712) exactly as it is signed, field by field. */
export interface TypedText {
  readonly domain?: Readonly<Record<string, unknown>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** The part of a typed message that people read. */
export function toTypedText(typed: {
  domain?: object | undefined;
  primaryType: string;
  message: object;
}): TypedText {
  const { domain, primaryType, message } = typed;
  return { domain: { ...domain }, primaryType, message: { ...message } };
}

function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") {
    return value.toString();
  }
  return JSON.stringify(value);
}

function SignedValue(props: { value: unknown }): ReactNode {
  const { value } = props;
  if (!Array.isArray(value)) return toText(value);
  return (
    <ol>
      {value.map((item, i) => (
        // The order is the message's own; items have no other identity.
        <li key={i}>
          {i + 1}. {toText(item)}
        </li>
      ))}
    </ol>
  );
}

export function SignedText(props: { typed: TypedText }): ReactNode {
  const { domain = {}, primaryType, message } = props.typed;
  return (
    <div className="signed" data-signed={primaryType}>
      <dl>
        <dt>{primaryType}</dt>
        <dd className="soft">{Object.values(domain).map(toText).join(" · ")}</dd>
        {Object.entries(message).map(([field, value]) => (
          <SignedField key={field} field={field} value={value} />
        ))}
      </dl>
    </div>
  );
}

function SignedField(props: { field: string; value: unknown }): ReactNode {
  return (
    <>
      <dt>{props.field}</dt>
      <dd>
        <SignedValue value={props.value} />
      </dd>
    </>
  );
}
