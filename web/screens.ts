import type { ComponentType } from "react";
import { loadTexts } from "./language/texts.ts";
import { readLanguage } from "./language/preference.ts";
import type { Subject } from "./messages/zh-later.ts";
import { LoadedOnce } from "./service/once.ts";
import { whenIdle } from "./shell/idle.ts";

/** A screen that is loaded when somebody goes there. */
export interface Screen {
  /** Its address, with names for the parts that differ. */
  readonly path: string;
  readonly load: () => Promise<{ default: ComponentType }>;
  /** The texts that it begins with. */
  readonly texts: readonly Subject[];
  /** What it asks the service first, by the same names. */
  readonly asks?: readonly string[];
}

const COMMUNITY = "/communities/:community";
const MEETING = `${COMMUNITY}/meetings/:meeting`;
const FUND = `${COMMUNITY}/fund`;

export const SCREENS: readonly Screen[] = [
  {
    path: `${COMMUNITY}/enrol`,
    load: () => import("./registry/enrol-page.tsx"),
    texts: ["keys"],
    asks: [`/api${COMMUNITY}`],
  },
  {
    path: MEETING,
    load: () => import("./assembly/meeting-page.tsx"),
    texts: ["meeting"],
    asks: [`/api${MEETING}`, `/api${COMMUNITY}`],
  },
  {
    path: `${MEETING}/vote`,
    load: () => import("./assembly/vote-page.tsx"),
    texts: ["vote", "meeting"],
    asks: [`/api${MEETING}`],
  },
  {
    path: `${MEETING}/recount`,
    load: () => import("./assembly/recount-page.tsx"),
    texts: ["check", "meeting"],
    asks: [`/api${MEETING}`, `/api${COMMUNITY}`],
  },
  {
    path: `${MEETING}/bulletin`,
    load: () => import("./assembly/bulletin-page.tsx"),
    texts: ["notice"],
    asks: [`/api${MEETING}/bulletin`],
  },
  {
    path: `${MEETING}/mine`,
    load: () => import("./assembly/mine-page.tsx"),
    texts: ["mine", "meeting", "check"],
    asks: [`/api${MEETING}`, `/api${COMMUNITY}`],
  },
  {
    path: `${MEETING}/talk`,
    load: () => import("./assembly/talk-page.tsx"),
    texts: ["talk", "keys"],
    asks: [`/api${MEETING}`, `/api${MEETING}/talk`],
  },
  {
    path: FUND,
    load: () => import("./fund/funds-page.tsx"),
    texts: ["fund"],
    asks: [`/api${COMMUNITY}`, `/api${FUND}/periods`, `/api${FUND}`],
  },
  {
    path: `${FUND}/mine`,
    load: () => import("./fund/unit-page.tsx"),
    texts: ["fund", "keys"],
    asks: [`/api${COMMUNITY}`],
  },
  {
    path: `${FUND}/projects`,
    load: () => import("./fund/project-list-page.tsx"),
    texts: ["projects"],
    asks: [`/api${COMMUNITY}`, `/api${FUND}/projects`],
  },
  {
    path: `${FUND}/projects/:project`,
    load: () => import("./fund/project-page.tsx"),
    texts: ["projects", "notice"],
    asks: [`/api${FUND}/projects/:project`],
  },
  {
    path: `${COMMUNITY}/audit`,
    load: () => import("./audit/audit-page.tsx"),
    texts: ["audit"],
    asks: [`/api${COMMUNITY}`, `/api${COMMUNITY}/integrity`, `/api${COMMUNITY}/meetings`],
  },
  {
    path: "/receipts/:leaf",
    load: () => import("./assembly/receipt-page.tsx"),
    texts: ["vote"],
  },
  { path: "/check", load: () => import("./assembly/check-page.tsx"), texts: ["check", "dispute"] },
  {
    path: "/setup",
    load: () => import("./founding/setup-page.tsx"),
    texts: ["founding", "keys"],
  },
  { path: "/join", load: () => import("./founding/join-page.tsx"), texts: ["founding", "keys"] },
  {
    path: "/officers/:community?/:tab?",
    load: () => import("./console/officers-page.tsx"),
    texts: ["officers", "keys", "meeting", "fund", "check", "audit", "refusals"],
  },
];

/** What the screens ask first whose code every page brings. */
const FIRST_ASKS: readonly Pick<Screen, "path" | "asks">[] = [
  { path: "/", asks: ["/api/communities"] },
  { path: COMMUNITY, asks: [`/api${COMMUNITY}`, `/api${COMMUNITY}/meetings`] },
];

type Parts = ReadonlyMap<string, string>;

/** The parts of an address that a screen has names for; undefined where it is another's. */
function matchPath(path: string, address: string): Parts | undefined {
  const given = address.split("/");
  const wanted = path.split("/");
  const parts = new Map<string, string>();
  if (given.length > wanted.length) return undefined;
  for (const [i, want] of wanted.entries()) {
    const [, name, optional] = /^:(\w+)(\??)$/.exec(want) ?? [];
    if (name === undefined ? given[i] !== want : !given[i] && !optional) return undefined;
    if (name !== undefined) parts.set(name, given[i] ?? "");
  }
  return parts;
}

/** The screen of an address, where its code is not what every page brings. */
export const findScreen = (address: string): Screen | undefined =>
  SCREENS.find(({ path }) => matchPath(path, address));

/** What the screen of an address asks the service first. */
export function listAsks(address: string): readonly string[] {
  for (const { path, asks = [] } of [...FIRST_ASKS, ...SCREENS]) {
    const parts = matchPath(path, address);
    if (parts)
      return asks.map((ask) => ask.replace(/:(\w+)/g, (_, name: string) => parts.get(name) ?? ""));
  }
  return [];
}

/** What may have to be said just when there is no connection is loaded before, behind the screen. */
async function keepRefusals(): Promise<void> {
  await whenIdle();
  await loadTexts(readLanguage(), "refusals").catch(() => undefined);
}

const opened = new LoadedOnce<ComponentType>();

/** A screen's code together with the texts that it begins with, each loaded once. */
export function openScreen(screen: Screen): Promise<ComponentType> {
  return opened.load(screen, async () => {
    const texts = screen.texts.map((subject) => loadTexts(readLanguage(), subject));
    const [part] = await Promise.all([screen.load(), ...texts]);
    void keepRefusals();
    return part.default;
  });
}
