import type { ReactNode } from "react";

export function Fold(props: { title: ReactNode; open?: boolean; children: ReactNode }): ReactNode {
  return (
    <details className="fold" {...(props.open ? { open: true } : {})}>
      <summary>{props.title}</summary>
      <div className="fold-body">{props.children}</div>
    </details>
  );
}
