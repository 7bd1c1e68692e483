import { type Hex, hashTypedData } from "viem";
import type { RecordOf } from "../anchor/record.ts";
import { REDACTION_ROLES, redactTypedData } from "../anchor/redaction.ts";
import { isDisclosureOf } from "../anchor/sealed.ts";
import type { SealedPlace } from "../anchor/sealed.ts";
import { type ReadRecord, sealedFields } from "./entry.ts";
import { type Evidence, anchoredHeads, headFor, recordsOf } from "./evidence.ts";
import { findAttestationFault } from "./officers.ts";
import type { CheckDetail, Checks } from "./report.ts";

/** What of the evidence redactions are judged by. */
export type RedactionEvidence = Pick<Evidence, "info" | "registry" | "anchor" | "code" | "records">;

type Redaction = ReadRecord & { record: RecordOf<"redaction"> };

/** A sealed field of a record: where it is, and what the record's leaf is. */
type Field = SealedPlace & { index: number; leaf: Hex };

function isAbout({ record }: Redaction, { index, leaf, path, sealed }: Field): boolean {
  return (
    record.record === index &&
    record.leaf === leaf &&
    record.path === path &&
    record.sealed === sealed
  );
}

/** Two officers signed the deletion, in the roles that they held when it was anchored. */
async function findFault(
  evidence: RedactionEvidence,
  { index, record }: Redaction,
): Promise<CheckDetail | undefined> {
  const head = headFor(anchoredHeads(evidence), index);
  if (!head) return "notYet";
  const { chainId, registry } = evidence.info;
  const digest = hashTypedData(
    redactTypedData(
      { chainId, contract: registry },
      {
        record: record.leaf as Hex,
        path: record.path,
        field: record.sealed as Hex,
        reason: record.reason,
      },
    ),
  );
  const attestations = record.by.map(({ signer, signature }) => {
    return { signer: signer as Hex, signature: signature as Hex };
  });
  const act = { digest, roles: REDACTION_ROLES, attestations, log: head.log };
  return findAttestationFault(evidence, act);
}

async function checkRedacted(
  evidence: RedactionEvidence,
  { field, proven }: { field: Field; proven: ReadonlySet<number> },
  checks: Checks,
): Promise<void> {
  const subject = `${field.index}${field.path}`;
  const redaction = recordsOf(evidence, "redaction").find((entry) => isAbout(entry, field));
  if (!redaction) return void checks.skip("sealedField", subject, "notPublished");
  if (!proven.has(redaction.index)) {
    return void checks.skip("sealedField", subject, "dependsOnFailed");
  }
  const fault = await findFault(evidence, redaction);
  if (fault) return void checks.faultless("sealedField", subject, fault);
  const { by, at, reason } = redaction.record;
  const found = { by: by.map(({ office }) => office), at, reason };
  checks.that(true, { name: "sealedField", subject, found, expected: "", detail: "redacted" });
}

/**
 * Every sealed field either discloses what it seals, or was redacted by two officers with a reason. A proof of the
 * record does not depend on it: the record holds the hash alone.
 */
export async function checkSealed(
  evidence: RedactionEvidence,
  proven: ReadonlySet<number>,
  checks: Checks,
): Promise<void> {
  for (const entry of evidence.records) {
    for (const place of sealedFields(entry)) {
      const { index, leaf, disclosures = [] } = entry;
      const given = disclosures.find(({ path }) => path === place.path);
      if (!given) {
        await checkRedacted(evidence, { field: { index, leaf, ...place }, proven }, checks);
        continue;
      }
      const comparison = { expected: place.sealed, found: given.value, detail: "differs" } as const;
      const subject = `${index}${place.path}`;
      const passed = isDisclosureOf(place.sealed, given);
      checks.that(passed, { name: "sealedField", subject, ...comparison });
    }
  }
}
