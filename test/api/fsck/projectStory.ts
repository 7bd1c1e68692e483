import { post } from "../assembly/client.ts";
import type { TestCommunity } from "../assembly/community.ts";
import type { TestService } from "../assembly/service.ts";

export const CONTRACTOR = { name: "示范电梯工程有限公司", account: "6222020200112233445" };
const PLAN = {
  ...{ fund: "maintenance", budget: "90000", payee: CONTRACTOR, scope: [] },
  rule: { rule: "area" },
};
const INVOICE = "%PDF-1.4\n% invoice\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/** A project that a motion decides on, and an emergency with its contract and an invoice. */
export async function tellProjects(
  service: TestService,
  community: TestCommunity,
  meeting: number,
): Promise<void> {
  const date = service.clock.now().toISOString().slice(0, 10);
  const step = async (path: string, own: object) => {
    const body = { date, note: "按计划进行。", ...own };
    return community.postAs("committee", `/fund/projects${path}`, { body });
  };
  const { project: voted } = await step("", { title: "更换电梯", category: "lift" });
  await step(`/${voted}/motion`, { meeting, motion: 0 });
  const urgent = { title: "排水管破裂", category: "drains", ground: "drains" };
  const { project } = await step("", urgent);
  await step(`/${project}/emergency`, { plan: PLAN });
  const part = [{ title: "一次付清", amount: "80000" }];
  await step(`/${project}/contract`, { payee: CONTRACTOR, amount: "80000", milestones: part });
  const form = new FormData();
  form.set("public", "true");
  form.set("file", new Blob([INVOICE]), "发票.pdf");
  const cookie = await community.cookieOf("committee");
  const { sha256 } = await post(service, `${community.path}/fund/documents`, { form, cookie });
  await step(`/${project}/invoices`, { milestone: 0, invoice: "No 77", amount: "80000", sha256 });
}
