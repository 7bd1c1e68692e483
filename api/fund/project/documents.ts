import type { Hex } from "viem";
import type { StoredDocument } from "../../anchor/service.ts";
import { DomainError } from "../../http/errors.ts";
import type { Upload } from "../../http/route.ts";
import type { FundContext } from "../context.ts";

export interface HandedIn {
  communityId: string;
  file: Upload;
  /** Shown to everybody, also where the bytes are not; names no person. */
  name: string;
  isPublic: boolean;
  officer: Hex;
}

export interface KnownDocument {
  sha256: Hex;
  name: string;
  mediaType: string;
  public: boolean;
}

/**
 * Keeps a file for a project's steps. Bytes that are known already stay as public as they were: what was once out
 * cannot be called back, and what was kept back is not let out by handing it in again.
 */
export function putProjectDocument(
  { db, anchor, clock }: FundContext,
  { communityId, file, name, isPublic, officer: by }: HandedIn,
): Promise<KnownDocument> {
  return db.$transaction(async (tx) => {
    const { sha256, mediaType } = await anchor.putUpload(tx, {
      ...{ communityId, name, fileName: file.name, bytes: file.bytes },
      confidential: !isPublic,
    });
    const data = [{ communityId, sha256, by, createdAt: clock.now() }];
    await tx.projectDocument.createMany({ data, skipDuplicates: true });
    const where = { communityId_sha256: { communityId, sha256 } };
    const { confidential } = await tx.document.findUniqueOrThrow({ where });
    return { sha256, name, mediaType, public: !confidential };
  });
}

/** A file that was handed in for a project, for officers. Throws DocumentNotFound for every other confidential one. */
export async function getProjectDocument(
  { db, anchor }: FundContext,
  { communityId, sha256 }: { communityId: string; sha256: Hex },
): Promise<StoredDocument> {
  const where = { communityId_sha256: { communityId, sha256 } };
  if (!(await db.projectDocument.findUnique({ where }))) {
    throw new DomainError("DocumentNotFound", { sha256 });
  }
  return anchor.getDocument(communityId, sha256);
}
