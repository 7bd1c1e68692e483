import type { ReactNode } from "react";
import { useMessages } from "../language/language.tsx";

/** Keeps the place of what is on its way, so that nothing jumps when it comes. */
export function Loading(props: { tall?: boolean }): ReactNode {
  const { shell } = useMessages();
  return (
    <p className={props.tall ? "loading loading-tall" : "loading"} role="status">
      {shell.loading}
    </p>
  );
}
