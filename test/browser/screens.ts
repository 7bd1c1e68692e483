import type { Page } from "playwright-core";
import { COMMUNITY, findMeeting } from "./office.ts";

/** A screen, and what brings it into the state in which it is looked at. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly reach?: (page: Page) => Promise<void>;
  /** There once the screen has its content. */
  readonly shows: string;
}

const clickFirst = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).first().click();

/** Clicks `choice` unless what it leads to is there already. */
async function choose(page: Page, choice: string, leadsTo: string): Promise<void> {
  const there = page.locator(leadsTo).first();
  const first = page.locator(choice).first();
  await there.or(first).first().waitFor();
  if (!(await there.isVisible())) await first.click();
  await there.waitFor();
}

/** In the demonstration anybody may act as an invented owner. */
async function becomeOwner(page: Page): Promise<void> {
  await page.goto(new URL(`/communities/${COMMUNITY}/enrol`, page.url()).href);
  await choose(page, "[data-demo-owners] .button", '[data-own-check="pass"]');
}

async function openBooth(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.locator(".option").first().waitFor();
}

const openDesk = (page: Page): Promise<void> =>
  choose(page, "section .actions .button", ".tabs, .task");

/** Parts of the desk, and what is there once they have their content. */
const TABS = {
  start: "[data-step]",
  roll: ".checks",
  keys: "select",
  convene: "[data-wizard-step]",
  talk: ".section",
  officers: "[data-officer] ~ li",
  evidence: "[data-redaction-form]",
};

/** The desks of the funds are last in the row; only the committee has the bank's. */
async function openAsCommittee(page: Page, fromEnd: number): Promise<void> {
  await openDesk(page);
  if ((await page.locator(".signed-in", { hasText: "业主委员会" }).count()) === 0) {
    await clickFirst(page, ".signed-in .button");
    await page.locator("section .actions .button").nth(1).click();
    await page.locator(".tabs").waitFor();
  }
  const tabs = page.locator(".tab");
  await tabs.nth((await tabs.count()) - fromEnd).click();
}

/** Every screen, with what it needs to show itself. */
export async function listScreens(url: string): Promise<Screen[]> {
  const [final, voting, announced] = await Promise.all(
    ["final", "voting", "announced"].map(async (stage) => findMeeting(url, stage)),
  );
  const meeting = (number: number): string => `/communities/${COMMUNITY}/meetings/${number}`;
  const booth = `${meeting(voting!.number)}/vote`;
  const funds = `/communities/${COMMUNITY}/fund`;
  const desk = { path: `/officers/${COMMUNITY}` };
  return [
    { name: "community", path: "/", shows: ".cards" },
    { name: "meeting announced", path: meeting(announced!.number), shows: ".motion-text" },
    { name: "meeting voting", path: meeting(voting!.number), shows: ".motion-text" },
    { name: "meeting final", path: meeting(final!.number), shows: ".tally" },
    {
      name: "recount",
      path: `${meeting(final!.number)}/recount`,
      reach: (page) => clickFirst(page, ".button-main"),
      shows: "[data-verdict] ~ .section",
    },
    { name: "notice", path: `${meeting(final!.number)}/bulletin`, shows: ".blocks .wide" },
    { name: "talk", path: `${meeting(final!.number)}/talk`, shows: ".note, textarea" },
    { name: "household", path: `${meeting(final!.number)}/mine`, shows: ".problem, .seal" },
    { name: "enrolment", path: `/communities/${COMMUNITY}/enrol`, shows: "#code" },
    { name: "own entry", path: "/", reach: becomeOwner, shows: ".seal" },
    { name: "booth", path: "/", reach: (page) => openBooth(page, booth), shows: ".booth-bar" },
    { name: "funds", path: funds, shows: ".entries" },
    {
      name: "closed period",
      path: `${funds}?period=1`,
      reach: (page) => clickFirst(page, ".button-main"),
      shows: "[data-fund-check]",
    },
    { name: "own ledger", path: `${funds}/mine`, shows: "[data-unit]" },
    {
      name: "projects",
      path: `${funds}/projects`,
      shows: "[data-project]",
    },
    { name: "project", path: `${funds}/projects/1`, shows: "[data-step]" },
    { name: "check", path: "/check", shows: ".file-label" },
    { name: "wrong receipt", path: "/check#r=x", shows: "[data-problem]" },
    { name: "sign-in of officers", ...desk, shows: "section .actions .button" },
    { name: "to-do list", ...desk, reach: openDesk, shows: ".task" },
    ...Object.entries(TABS).map(([tab, shows]) => ({
      ...{ name: `desk ${tab}`, path: `/officers/${COMMUNITY}/${tab}`, reach: openDesk, shows },
    })),
    { name: "audit", path: `/communities/${COMMUNITY}/audit`, shows: ".own-checks li" },
    {
      ...{ name: "projects and payments", ...desk, shows: ".glance, .empty" },
      reach: (page) => openAsCommittee(page, 3),
    },
    {
      ...{ name: "beginning a project", path: `/officers/${COMMUNITY}/works?project=new` },
      ...{ reach: openDesk, shows: "[data-wizard-step]" },
    },
    {
      ...{ name: "a project at the desk", path: `/officers/${COMMUNITY}/works?project=1` },
      ...{ reach: openDesk, shows: "[data-history]" },
    },
    { name: "books", ...desk, reach: (page) => openAsCommittee(page, 2), shows: "select" },
    { name: "bank", ...desk, reach: (page) => openAsCommittee(page, 1), shows: ".file-label" },
    { name: "setup", path: "/setup", shows: "#code" },
    { name: "joining", path: "/join", shows: "#code" },
    { name: "unknown address", path: "/nowhere", shows: "h1" },
  ];
}
