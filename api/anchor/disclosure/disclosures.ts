import { randomBytes } from "node:crypto";
import { bytesToHex } from "viem";
import type { Hex } from "viem";
import type { PlainJson } from "../../../protocol/anchor/json.ts";
import { SALT_BYTES, isSealed, listSealed, sealText } from "../../../protocol/anchor/sealed.ts";
import type { DisclosedField, SealedPlace, SealedText } from "../../../protocol/anchor/sealed.ts";
import type { Clock } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";

/** Draws a salt and keeps it with the text, both until somebody redacts; what comes back goes into a record. */
export async function sealForRecord(
  { tx, clock }: { tx: Tx; clock: Clock },
  communityId: string,
  text: string,
): Promise<SealedText> {
  const disclosure = {
    salt: bytesToHex(randomBytes(SALT_BYTES)),
    value: text.normalize("NFC"),
  };
  const { sealed } = sealText(disclosure);
  const createdAt = clock.now();
  await tx.disclosure.create({ data: { communityId, sealed, ...disclosure, createdAt } });
  return { sealed };
}

/** The text of a field, sealed or plain; null once it is redacted. */
export async function readField(
  db: Db | Tx,
  communityId: string,
  field: SealedText | string,
): Promise<string | null> {
  if (!isSealed(field)) return field;
  const where = { communityId_sealed: { communityId, sealed: field.sealed } };
  const row = await db.disclosure.findUnique({ where, select: { value: true } });
  return row?.value ?? null;
}

/** Sealed fields are rare: a record's text is parsed only where one can be in it. */
export const listSealedIn = (text: string): SealedPlace[] =>
  text.includes('{"sealed":"') ? listSealed(JSON.parse(text) as PlainJson) : [];

/** What is still disclosed of each of these records' sealed fields. */
export async function listDisclosed(
  db: Db,
  communityId: string,
  texts: readonly string[],
): Promise<DisclosedField[][]> {
  const places = texts.map(listSealedIn);
  const wanted = places.flat().map(({ sealed }) => sealed);
  if (wanted.length === 0) return texts.map(() => []);
  const rows = await db.disclosure.findMany({ where: { communityId, sealed: { in: wanted } } });
  const bySealed = new Map(rows.map((row) => [row.sealed, row]));
  return places.map((fields) =>
    fields.flatMap(({ path, sealed }) => {
      const { salt, value } = bySealed.get(sealed) ?? {};
      return salt != null && value != null ? [{ path, salt: salt as Hex, value }] : [];
    }),
  );
}
