import * as z from "zod";
import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { hexOut, instant } from "../../http/fields.ts";
import { fenOut } from "../bank/schemas.ts";

export const typedDataSchema = z.object({
  typedData: z.unknown().meta({ description: "EIP-712, integers as decimal texts" }),
});

export const proposedSchema = z.object({ act: z.string(), proposal: z.string() });

export const accountsSchema = z.object({
  items: z.array(
    z
      .object({
        fund: z.enum(FUNDS),
        credited: fenOut.meta({ description: "what the chain holds the fund to have received" }),
        committed: fenOut.meta({ description: "reserved or paid" }),
        free: fenOut,
        received: fenOut.meta({ description: "the same by the books" }),
        approvals: z.int(),
        overrunBasisPoints: z.int(),
      })
      .meta({ id: "FundOnChain" }),
  ),
});

const reservationSchema = z.object({
  reservation: z.int().meta({ description: "its number on chain" }),
  fund: z.enum(FUNDS),
  amount: fenOut,
  paid: fenOut,
  approvals: z.int().meta({ description: "how many approvals each payment asks for" }),
  settled: z.boolean(),
  transaction: hexOut,
});

const actSchema = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(["proposed", "sending", "done", "refused"]),
  claim: z.string().nullable(),
  proposal: z.string().nullable(),
  failure: z.string().nullable(),
  transaction: z.string().nullable(),
});

export const claimSchema = z
  .object({
    id: z.string(),
    milestone: z.int(),
    claim: z.int(),
    state: z.enum([
      ...["submitting", "submitted", "accepted", "releasing"],
      ...["paid", "rejected", "withdrawn", "refused"],
    ] as const),
    amount: fenOut,
    invoice: hexOut,
    author: hexOut,
    office: z.string(),
    needed: z.int(),
    approvals: z.array(z.object({ officer: hexOut, office: z.string(), at: instant })),
    failure: z.string().nullable(),
    payment: z.int().nullable(),
    entry: z.int().nullable(),
    transaction: z.string().nullable(),
  })
  .meta({ id: "FundClaim" });

export const disbursementSchema = z
  .object({
    reservation: reservationSchema.nullable(),
    acts: z.array(actSchema),
    claims: z.array(claimSchema),
  })
  .meta({ id: "Disbursement" });
