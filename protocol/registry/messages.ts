import type { Address, Hex } from "viem";

/** The chain and the contract that checks a message; no contract for `Login`, which only the service checks. */
export type SigningDomain = { chainId: number; contract?: Address };

/** The EIP-712 domain of SPEC section 1. */
export function eip712Domain({ chainId, contract }: SigningDomain) {
  const domain = { name: "Mingzhang", version: "1", chainId } as const;
  return contract ? { ...domain, verifyingContract: contract } : domain;
}

/** The bits of an officer's roles. */
export const ROLE = {
  registrar: 1,
  committee: 2,
  teller: 4,
  relayer: 8,
  auditor: 16,
  approver: 32,
} as const;

/** One of `ROLE`'s names. */
export type Role = keyof typeof ROLE;

const OFFICER_TYPES = {
  Officer: [
    { name: "signer", type: "bytes" },
    { name: "roles", type: "uint8" },
    { name: "nonce", type: "uint256" },
  ],
} as const;

const ROLL_TYPES = {
  Roll: [
    { name: "roll", type: "uint256" },
    { name: "record", type: "bytes32" },
    { name: "linesRoot", type: "bytes32" },
    { name: "areas", type: "bytes32" },
    { name: "areaBytes", type: "uint8" },
    { name: "voters", type: "uint32" },
    { name: "totalArea", type: "uint64" },
    { name: "buildings", type: "bytes32" },
  ],
} as const;

const KEYS_TYPES = {
  Keys: [
    { name: "roll", type: "uint256" },
    { name: "page", type: "uint256" },
    { name: "kind", type: "uint8" },
    { name: "entries", type: "bytes32" },
  ],
} as const;

const REVOKE_TYPES = {
  Revoke: [
    { name: "roll", type: "uint256" },
    { name: "page", type: "uint256" },
    { name: "position", type: "uint256" },
  ],
} as const;

const LOGIN_TYPES = {
  Login: [
    { name: "site", type: "string" },
    { name: "purpose", type: "string" },
    { name: "challenge", type: "bytes32" },
  ],
} as const;

/** What a registrar and a committee officer sign to appoint, change or (with no roles) dismiss an officer. */
export type OfficerMessage = { signer: Hex; roles: number; nonce: bigint };

/** The typed data of a change of officers. */
export function officerTypedData(domain: SigningDomain, message: OfficerMessage) {
  return {
    domain: eip712Domain(domain),
    types: OFFICER_TYPES,
    primaryType: "Officer",
    message,
  } as const;
}

/** What a registrar and a committee officer sign to freeze a roll. */
export type RollMessage = {
  roll: bigint;
  record: Hex;
  linesRoot: Hex;
  areas: Hex;
  areaBytes: number;
  voters: number;
  totalArea: bigint;
  buildings: Hex;
};

/** The typed data of a roll's freeze. */
export function rollTypedData(domain: SigningDomain, message: RollMessage) {
  return { domain: eip712Domain(domain), types: ROLL_TYPES, primaryType: "Roll", message } as const;
}

/** What two officers sign to bind a page of keys; `entries` is the hash of the page's bytes. */
export type KeysMessage = { roll: bigint; page: bigint; kind: number; entries: Hex };

/** The typed data of a key page. */
export function keysTypedData(domain: SigningDomain, message: KeysMessage) {
  return { domain: eip712Domain(domain), types: KEYS_TYPES, primaryType: "Keys", message } as const;
}

/** What two officers sign to revoke one key. */
export type RevokeMessage = { roll: bigint; page: bigint; position: bigint };

/** The typed data of a revocation. */
export function revokeTypedData(domain: SigningDomain, message: RevokeMessage) {
  return {
    domain: eip712Domain(domain),
    types: REVOKE_TYPES,
    primaryType: "Revoke",
    message,
  } as const;
}

/** The words of `Login.purpose`, readable on the signing device; a signature for one never serves another. */
export const LOGIN_PURPOSE = { login: "登录 sign in", enrol: "登记密钥 enrol this key" } as const;

/** What proves possession of a key to the service; `site` is the page's origin, so that another site cannot use it. */
export type LoginMessage = {
  site: string;
  purpose: (typeof LOGIN_PURPOSE)[keyof typeof LOGIN_PURPOSE];
  challenge: Hex;
};

/** The typed data of a login or an enrolment; its domain names no contract. */
export function loginTypedData(chainId: number, message: LoginMessage) {
  return {
    domain: eip712Domain({ chainId }),
    types: LOGIN_TYPES,
    primaryType: "Login",
    message,
  } as const;
}
