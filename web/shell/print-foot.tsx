import { lazy, Suspense, type ReactNode } from "react";
import { formatGroups } from "../language/format.ts";
import { useMessages } from "../language/language.tsx";
import { whenIdle } from "./idle.ts";

const QrCode = lazy(async () => {
  await whenIdle();
  return { default: (await import("./qr-code.tsx")).QrCode };
});

/** What a notice on paper carries: where it can be checked, and the head of the log when it was printed. */
export function PrintFoot(props: { root: string | undefined }): ReactNode {
  const { shell } = useMessages();
  const { root } = props;
  return (
    <aside className="print-only print-foot">
      <Suspense>
        <QrCode text={location.href} label={location.href} />
      </Suspense>
      {root && (
        <p className="small">
          {shell.headPrinted}
          {shell.colon}
          <span className="mono">{formatGroups(root)}</span>
        </p>
      )}
    </aside>
  );
}
