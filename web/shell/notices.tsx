import { useSyncExternalStore, type ReactNode } from "react";
import { useMessages } from "../language/language.tsx";
import { useStatus } from "./status.ts";

function watchConnection(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

/** What holds for every page: this is a demonstration; there is no connection. */
export function Notices(): ReactNode {
  const { shell } = useMessages();
  const isOnline = useSyncExternalStore(watchConnection, () => navigator.onLine);
  const status = useStatus();
  return (
    <>
      {status?.demonstration && <p className="demonstration">{shell.demonstration}</p>}
      <div role="status">{!isOnline && <p className="offline">{shell.offline}</p>}</div>
    </>
  );
}
