import { useEffect, type ReactNode } from "react";
import { useMessages } from "../language/language.tsx";

/** One page: its title in the browser and as the heading that focus goes to on navigation. */
export function Page(props: {
  title: string;
  over?: ReactNode;
  kind?: "notice" | "plain";
  children: ReactNode;
}): ReactNode {
  const { shell } = useMessages();
  const { title, kind = "plain" } = props;
  useEffect(() => {
    document.title = title === shell.product ? title : `${title} · ${shell.product}`;
  }, [title, shell.product]);
  return (
    <article className={`sheet sheet-${kind}`}>
      <header className="sheet-head">
        {props.over && <p className="over">{props.over}</p>}
        <h1>{title}</h1>
      </header>
      {props.children}
    </article>
  );
}
