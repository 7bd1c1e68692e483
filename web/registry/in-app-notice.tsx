import { useState, type ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { findInApp } from "../signing/in-app.ts";

/** Inside WeChat and the like: how to get out of there. Nobody is kept from going on where it works. */
export function InAppNotice(): ReactNode {
  const { keys } = useTexts("keys");
  const [isCopied, setCopied] = useState(false);
  const app = findInApp();
  if (!app) return null;
  const copy = (): void => {
    void navigator.clipboard?.writeText(location.href).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className="note note-amber stack" data-in-app={app}>
      <h2>{keys.inApp.title(keys.inApp.names[app])}</h2>
      <p>{keys.inApp.why}</p>
      <ol className="numbered">
        {keys.inApp.steps[app].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {navigator.clipboard && (
        <div className="actions">
          <button type="button" className="button" onClick={copy}>
            {isCopied ? `✔ ${keys.inApp.copied}` : keys.inApp.copy}
          </button>
        </div>
      )}
      <p>{keys.inApp.goOn}</p>
    </section>
  );
}
