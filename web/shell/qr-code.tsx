import { useMemo, type ReactNode } from "react";
import { encode } from "uqr";
import { useMessages } from "../language/language.tsx";
import { toQrPath } from "./qr-path.ts";
import "../style/vote.css";

// The lowest error correction: receipts are long, and a denser code is harder to scan than a worn one.
function findModules(text: string): boolean[][] | undefined {
  try {
    return encode(text, { ecc: "L", border: 4 }).data;
  } catch {
    return undefined;
  }
}

export function QrCode(props: { text: string; label: string }): ReactNode {
  const { shell } = useMessages();
  const { text, label } = props;
  const modules = useMemo(() => findModules(text), [text]);
  if (!modules) return <p className="note">{shell.codeTooLong}</p>;
  return (
    <figure className="qr">
      <svg
        viewBox={`0 0 ${modules.length} ${modules.length}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={label}
      >
        <path d={toQrPath(modules)} fill="#000" />
      </svg>
      <figcaption className="small soft">{label}</figcaption>
    </figure>
  );
}
