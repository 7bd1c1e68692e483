import type { ReactNode } from "react";
import { useMessages } from "../language/language.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { useStatus } from "./status.ts";

/** What holds for every page: this is a demonstration; there is no connection. */
export function Notices(): ReactNode {
  const { shell } = useMessages();
  const status = useStatus();
  return (
    <>
      {status?.demonstration && <p className="demonstration">{shell.demonstration}</p>}
      <div role="status">
        <OfflineNotice />
      </div>
    </>
  );
}
