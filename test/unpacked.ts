import { readArchive } from "../protocol/verify/bundle/archive.ts";

/** What an answer says as text, an evidence bundle unpacked: what is searched for must not hide in a compressed file. */
export async function toText(bytes: Uint8Array, mediaType: string | null): Promise<string> {
  if (!mediaType?.includes("zip")) return new TextDecoder().decode(bytes);
  const files = [...(await readArchive(bytes))];
  return files.map(([name, content]) => `${name}\n${new TextDecoder().decode(content)}`).join("\n");
}
