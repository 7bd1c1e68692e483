import type { Evidence } from "./messages.ts";

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** What of a folder's files belongs to a bundle: their names begin with the folder's own. */
async function readFolder(files: readonly File[]): Promise<Evidence> {
  const entries = files.map(async (file): Promise<[string, Uint8Array]> => {
    return [file.webkitRelativePath.split("/").slice(1).join("/"), await bytesOf(file)];
  });
  return { kind: "folder", files: new Map(await Promise.all(entries)) };
}

/** Reads what was chosen: one file, or all files of a folder; undefined where nothing was. */
export async function readChosen(files: readonly File[]): Promise<Evidence | undefined> {
  const [first] = files;
  if (!first) return undefined;
  return first.webkitRelativePath === ""
    ? { kind: "file", bytes: await bytesOf(first) }
    : readFolder(files);
}

/** Takes files that are dropped anywhere on the page. */
export function listenForDrops(take: (files: readonly File[]) => void): void {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
