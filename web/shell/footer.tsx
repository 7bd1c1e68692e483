import type { ReactNode } from "react";
import { useMessages } from "../language/language.tsx";
import { formatCount } from "../language/format.ts";
import { useStatus } from "./status.ts";

/** Which chain is in use, and what that proves. */
export function Footer(): ReactNode {
  const { shell } = useMessages();
  const chain = useStatus()?.chain;
  const block = chain ? formatCount(chain.blockNumber) : "";
  return (
    <footer className="footer">
      <p className="chain-line">
        {!chain
          ? shell.chain.unknown
          : chain.kind === "embedded"
            ? shell.chain.embedded(block)
            : shell.chain.external(block, chain.chainId)}
      </p>
      <p className="motto">
        {shell.product} · {shell.motto}
      </p>
    </footer>
  );
}
