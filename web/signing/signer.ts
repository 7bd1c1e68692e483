import type { TypedDataDefinition } from "viem";
import type { Form, KeyKind } from "../../protocol/registry/keys.ts";

export type Hex = `0x${string}`;

/** A typed message of protocol/, whichever it is. */
export type Typed = TypedDataDefinition;

/** A signature as docs/SPEC.md section 1 wants it from a voter. */
export interface Signed {
  readonly signature: Hex;
  /** Exactly for passkeys: what the authenticator signed around the digest. */
  readonly envelope?: Hex;
}

/** A key that can sign: a passkey, one kept in this browser, or a wallet's. */
export interface Signer {
  readonly kind: KeyKind;
  /** The address for secp256k1, x for P-256. */
  readonly keyId: Hex;
  readonly form: Form;
  sign(typed: Typed): Promise<Signed>;
}
