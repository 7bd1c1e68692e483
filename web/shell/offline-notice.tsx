import { useSyncExternalStore, type ReactNode } from "react";
import { useLocation } from "wouter";
import { findSeenHead } from "../anchor/seen-head.ts";
import { formatCount, formatGroups, formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
import { keptSince, watchKept } from "../service/kept.ts";
import { useQuery } from "../service/query.ts";

function watchConnection(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

/** The head of the log that this device had last compared, for the community on the screen. */
function SeenRoot(): ReactNode {
  const { shell } = useMessages();
  const { language } = useLanguage();
  const [path] = useLocation();
  const community = /^\/communities\/([^/]+)/.exec(path)?.[1] ?? "";
  const head = useQuery({
    queryKey: ["seen-head", community],
    enabled: community !== "",
    queryFn: async () => (await findSeenHead(community)) ?? null,
  });
  if (!head.data) return null;
  const { size, root, at } = head.data;
  return (
    <span>
      {shell.comparedHead(formatTime(at, language), formatCount(size))}{" "}
      <span className="mono">{formatGroups(root, 16)}…</span>
    </span>
  );
}

/** Says when there is no connection, from when what is shown is, and against which head it was compared. */
export function OfflineNotice(): ReactNode {
  const { shell } = useMessages();
  const { language } = useLanguage();
  const isOnline = useSyncExternalStore(watchConnection, () => navigator.onLine);
  const kept = useSyncExternalStore(watchKept, keptSince);
  if (isOnline && kept === undefined) return null;
  return (
    <p className="offline">
      {shell.offline} {kept !== undefined && shell.keptFrom(formatTime(kept, language))}{" "}
      <SeenRoot />
    </p>
  );
}
