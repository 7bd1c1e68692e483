import type { ReactNode } from "react";
import { Page } from "../shell/page.tsx";
export default function OfficersPage(): ReactNode {
  return <Page title="x">.</Page>;
}
