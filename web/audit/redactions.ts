import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import { instant, integer, list, object, text, type Read } from "../service/shape.ts";

const recordsShape = object({
  items: list(
    object({
      index: integer,
      bytes: text,
      at: instant,
      disclosures: list(object({ path: text, value: text })),
    }),
  ),
});

type PublishedRecord = Read<typeof recordsShape>["items"][number];

async function listRecords(community: string, type: string): Promise<readonly PublishedRecord[]> {
  const path = communityPath(community, `/records?type=${type}&limit=1000`);
  return (await request(path, recordsShape)).items;
}

const redactionShape = object({
  record: integer,
  path: text,
  reason: text,
  by: list(object({ office: text })),
});

type Redaction = Read<typeof redactionShape> & Pick<PublishedRecord, "index" | "at">;

/** What was taken out of records, by whom and why. */
export function useRedactions(community: string): UseQueryResult<readonly Redaction[]> {
  return useQuery({
    queryKey: ["redactions", community],
    queryFn: async () => {
      const records = await listRecords(community, "redaction");
      return records.map(({ index, at, bytes }) => {
        return { index, at, ...redactionShape(JSON.parse(bytes)) };
      });
    },
  });
}

/** Types of records with fields that are sealed, because they may identify a person. */
const SEALED_TYPES = ["meeting", "question", "objection", "answer"] as const;

/** A sealed field that everybody can still read. */
export interface OpenField {
  readonly record: number;
  readonly type: (typeof SEALED_TYPES)[number];
  readonly path: string;
  readonly value: string;
}

export function useOpenFields(community: string): UseQueryResult<readonly OpenField[]> {
  return useQuery({
    queryKey: ["open-fields", community],
    queryFn: async () => {
      const lists = await Promise.all(
        SEALED_TYPES.map(async (type) => {
          const records = await listRecords(community, type);
          return records.flatMap(({ index, disclosures }) =>
            disclosures.map(({ path, value }) => ({ record: index, type, path, value })),
          );
        }),
      );
      return lists.flat();
    },
  });
}

const proposed = object({ proposal: text });

/** Asks that a field be taken out; nothing happens before two officers have signed. */
export async function proposeRedaction(
  community: string,
  { record, path }: OpenField,
  reason: string,
): Promise<void> {
  const body = { record, path, reason };
  await request(communityPath(community, "/redactions"), proposed, { method: "POST", body });
}
