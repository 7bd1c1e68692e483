import type { TypedDataDefinition } from "viem";
import type { Form, KeyKind } from "../../protocol/registry/keys.ts";

export type Hex = `0x${string}`;

/** A typed message of protocol/, whichever it is. */
export type Typed = TypedDataDefinition;

/** A key that can sign: one kept in this browser, or a wallet's. */
export interface Signer {
  readonly kind: KeyKind;
  /** The address for secp256k1, x for P-256. */
  readonly keyId: Hex;
  readonly form: Form;
  /** The signature as docs/SPEC.md section 1 wants it from a voter. */
  sign(typed: Typed): Promise<Hex>;
}
