import { z } from "zod";
import { ROLE, type Role } from "../../registry/messages.ts";
import { address, area, common, hash, number, positive, text } from "./fields.ts";

// Records of the registry: SPEC section 3.

export const communityRecord = z.strictObject({
  ...common,
  type: z.literal("community"),
  name: text,
  chainId: positive,
  registry: address,
  anchor: address,
  assembly: address,
  fund: address,
  demonstration: z.boolean(),
  /** The key that signs the log's checkpoints; records from before logs signed have none. */
  logKey: text.exactOptional(),
});

const role = z.enum(Object.keys(ROLE) as [Role, ...Role[]]);

/** Somebody was named an officer, was given other roles, or (none) dismissed; two officers have signed it. */
export const appointmentRecord = z.strictObject({
  ...common,
  type: z.literal("appointment"),
  /** keccak(signer), under which the Registry knows him. */
  officer: hash,
  roles: z.array(role),
  /** The office, not the person. */
  title: text,
});

export const logKeyRecord = z.strictObject({
  ...common,
  type: z.literal("logKey"),
  key: text,
});

export const rollRecord = z.strictObject({
  ...common,
  type: z.literal("roll"),
  roll: positive,
  scope: text,
  source: hash,
  voters: positive,
  totalArea: area,
  buildings: z.array(z.strictObject({ building: text, units: positive, heads: positive, area })),
  linesRoot: hash,
  lines: hash,
  areas: hash,
});

export const keysRecord = z.strictObject({
  ...common,
  type: z.literal("keys"),
  roll: positive,
  page: number,
  kind: z.union([z.literal(0), z.literal(1)]),
  count: positive,
  entries: hash,
});

export const revocationRecord = z.strictObject({
  ...common,
  type: z.literal("revocation"),
  roll: positive,
  page: number,
  position: number,
  reason: text,
});
