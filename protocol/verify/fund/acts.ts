import type { Hex, TypedDataDefinition } from "viem";
import { hashTypedData } from "viem";
import { fundAbi } from "../../abi/fund.ts";
import type { SigningDomain } from "../../registry/messages.ts";
import { type ReadCall, readCall } from "../events.ts";
import { type Attestation, findAttestationFault } from "../officers.ts";
import type { CheckDetail } from "../report.ts";
import type { ChainLog } from "../source.ts";
import type { FundEvidence } from "./evidence.ts";

type Functions = ReadCall<typeof fundAbi, string>["functionName"] & string;

/** The domain of a community's Fund. */
export const domainOf = ({ info }: Pick<FundEvidence, "info">): SigningDomain => ({
  chainId: info.chainId,
  contract: info.fund,
});

/** The call behind an event of the Fund. */
export const callOf = <Name extends Functions>(
  { transactions }: Pick<FundEvidence, "transactions">,
  log: ChainLog,
  names: readonly Name[],
): ReadCall<typeof fundAbi, Name> => readCall(fundAbi, log, { names, transactions });

/** What is wrong with an act of a registrar and a committee officer. */
export function findActFault(
  evidence: FundEvidence,
  { typedData, attestations, log }: SignedAct,
): Promise<CheckDetail | undefined> {
  const digest = hashTypedData(typedData as TypedDataDefinition);
  const roles = ["registrar", "committee"] as const;
  return findAttestationFault(evidence, { digest, roles, attestations, log });
}

/** What both officers signed, and the event that came of it. */
export type SignedAct = {
  typedData: object;
  attestations: readonly Attestation[];
  log: ChainLog;
};

/** What the record of a leaf says; undefined where the log has none that can be read. */
export function saidBy(
  { records }: Pick<FundEvidence, "records">,
  leaf: Hex,
): Record<string, unknown> | undefined {
  return records.find((entry) => entry.leaf === leaf)?.record;
}

/** Fields of a record beside what they should say; all of them undefined where there is no record. */
export function pickSaid(
  said: Record<string, unknown> | undefined,
  wanted: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, said?.[name] ?? null]));
}
