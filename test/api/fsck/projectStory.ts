import { ask, get, post } from "../assembly/client.ts";
import type { OfficerName, TestCommunity } from "../assembly/community.ts";
import { digestOf } from "../assembly/people.ts";
import { eventually } from "../assembly/service.ts";
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
  await pay({ service, community, project, invoice: sha256 });
}

interface Paid {
  service: TestService;
  community: TestCommunity;
  project: number;
  invoice: string;
}

/** From the reservation to the payment, with everybody's signature. */
async function pay({ service, community, project, invoice }: Paid): Promise<void> {
  const { client } = service.database;
  const done = async (path: string, body: object): Promise<void> => {
    const { act, proposal } = await community.postAs("committee", `/fund${path}`, { body });
    await community.sign(proposal);
    await eventually(async () => {
      const { state } = await client.fundAct.findUniqueOrThrow({ where: { id: act } });
      return state === "done";
    });
  };
  const signed = (name: OfficerName, typedData: Parameters<typeof digestOf>[0]) => {
    const officer = community.officers[name];
    return { signer: officer.keyId, signature: officer.signFull(digestOf(typedData)) };
  };
  await done("/chain/credits", { fund: "maintenance" });
  await done(`/projects/${project}/reservation`, {});
  const claims = `/fund/projects/${project}/claims`;
  const draft = await community.postAs("author", `${claims}/draft`, { body: { invoice } });
  const body = { invoice, ...signed("author", draft.typedData) };
  const { claim } = await community.postAs("author", claims, { body });
  const reaches = (state: string) =>
    eventually(async () => {
      const row = await client.fundClaim.findUniqueOrThrow({ where: { id: claim } });
      return row.state === state;
    });
  await reaches("submitted");
  const date = service.clock.now().toISOString().slice(0, 10);
  await done(`/claims/${claim}/judgement`, { date, note: "已验收。", accepted: true });
  for (const name of ["approverA", "approverB"] as const) {
    const path = `${community.path}/fund/claims/${claim}`;
    const cookie = await community.cookieOf(name);
    const { typedData } = await get(service, `${path}/approval`, { cookie });
    const approval = { body: signed(name, typedData), cookie };
    const { status } = await ask(service, "POST", `${path}/approvals`, approval);
    if (status !== 201) throw new Error(`approval answered ${status}`);
  }
  await reaches("paid");
}
