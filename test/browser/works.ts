import type { Page } from "playwright-core";
import { Authenticator } from "./authenticator.ts";
import { COMMUNITY } from "./office.ts";
import { openTab, sign, tickRead } from "./wizards.ts";

/** A small PDF that differs from every other. */
export const pdf = (name: string) => ({
  ...{ name: `${name}.pdf`, mimeType: "application/pdf" },
  buffer: Buffer.from(`%PDF-1.4\n% ${name}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n`),
});

/** What every step says beside what is its own, in the form that is open at `within`. */
export async function fillTerms(page: Page, within: string, note: string): Promise<void> {
  await page.locator(within).getByLabel("说明（公开，不要写个人信息）").fill(note);
}

/** Reads the last word of the form at `within` and does what it says. */
export async function write(page: Page, within: string, button: string): Promise<void> {
  const form = page.locator(within);
  await form.getByLabel("我已看过，内容无误").check();
  await form.getByRole("button", { name: button }).click();
}

/** One project at the desk of funds. */
export async function openProject(page: Page, url: string, project: number): Promise<void> {
  await page.goto(`${url}/officers/${COMMUNITY}/works?project=${project}`);
  await page.locator("[data-stage]").waitFor();
}

/** The step that is next there. */
export const nextStep = (page: Page, what: string) => page.locator(`[data-next="${what}"]`);

/** Both sign what was proposed. */
export async function signBoth(pages: readonly Page[], kind: string): Promise<void> {
  for (const page of pages) await sign(page, kind);
}

interface Seating {
  readonly registrar: Page;
  readonly committee: Page;
  /** The phone of whoever is seated. */
  readonly phone: Page;
}

/** Somebody gets an office with a passkey of his own: by letter, the key's number compared, two sign. */
export async function seat(
  { registrar, committee, phone }: Seating,
  title: string,
  roles: readonly string[],
): Promise<void> {
  await openTab(registrar, "工作人员");
  const form = registrar.locator("form").last();
  await form.getByLabel("席位名称").fill(title);
  for (const role of roles) await form.getByLabel(role, { exact: true }).check();
  await registrar.getByRole("button", { name: "生成一次性链接" }).click();
  const letter = registrar.locator(`[data-seat-letter="${title}"]`);
  await letter.waitFor();
  await Authenticator.attach(phone);
  await phone.goto((await letter.getByRole("link").getAttribute("href"))!);
  await phone.getByRole("button", { name: /^生成通行密钥/ }).click();
  await phone.locator('[data-joined="waiting"]').waitFor();
  const line = registrar.locator(`[data-seat="${title}"]`);
  await line.getByRole("checkbox").check();
  await line.getByRole("button", { name: "提请任命" }).click();
  await signBoth([registrar, committee], "setOfficer");
  await phone.locator('[data-joined="appointed"]').waitFor();
  await phone.getByRole("link", { name: "到工作台" }).click();
  await phone.locator(".tabs").waitFor();
}

export interface Invoice {
  readonly within: string;
  readonly file: ReturnType<typeof pdf>;
  readonly number: string;
  readonly amount: string;
}

/** Fills in an invoice and writes it down. */
export async function enterInvoice(page: Page, invoice: Invoice): Promise<void> {
  const form = page.locator(invoice.within);
  await form.locator('input[type="file"]').first().setInputFiles(invoice.file);
  await form.locator("[data-invoice-file]").waitFor();
  await form.getByLabel("发票号码").fill(invoice.number);
  await form.getByLabel("金额（元）", { exact: true }).fill(invoice.amount);
  await fillTerms(page, invoice.within, "收到发票。");
  await form.getByRole("button", { name: "下一步" }).click();
  await tickRead(page);
  await form.getByRole("button", { name: "登记发票" }).click();
}
