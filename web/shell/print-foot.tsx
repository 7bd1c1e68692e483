import { useEffect, useState, type ComponentType, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { formatGroups } from "../language/format.ts";
import { useMessages } from "../language/language.tsx";
import { whenIdle } from "./idle.ts";

type Code = ComponentType<{ text: string; label: string }>;

/** The code, once something is printed: drawing one takes a phone long, and the screen shows none. */
function usePrintedCode(): Code | undefined {
  const [code, setCode] = useState<{ QrCode: Code }>();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const loading = whenIdle().then(() => import("./qr-code.tsx"));
    // Without a connection it is printed without the code.
    loading.then(setCode, () => undefined);
    // At once: the browser prints what stands there when this returns.
    const begin = (): void => flushSync(() => setPrinting(true));
    addEventListener("beforeprint", begin);
    return () => removeEventListener("beforeprint", begin);
  }, []);
  return isPrinting ? code?.QrCode : undefined;
}

/** What a notice on paper carries: where it can be checked, and the head of the log when it was printed. */
export function PrintFoot(props: { root: string | undefined }): ReactNode {
  const { shell } = useMessages();
  const { root } = props;
  const QrCode = usePrintedCode();
  return (
    <aside className="print-only print-foot">
      {QrCode && <QrCode text={location.href} label={location.href} />}
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
