import { recordIncident } from "../../../api/chain/incident.ts";
import { get, post } from "../assembly/client.ts";
import { FLATS, TestCommunity } from "../assembly/community.ts";
import type { Voter } from "../assembly/community.ts";
import { TestMeeting } from "../assembly/meeting.ts";
import { WalletPerson, enrol, login } from "../assembly/people.ts";
import { TestService, eventually } from "../assembly/service.ts";
import { tellFund } from "./fundStory.ts";
import { CONTRACTOR, tellProjects } from "./projectStory.ts";
import { Outside } from "./outside.ts";

/** An installation that has seen everything once, stopped: what is left is its database and its files. */
export interface Prepared {
  databaseUrl: string;
  dataDirectory: string;
  close(): Promise<void>;
}

const SCAN = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
const UNITS = ["1-1-101", "1-1-102", "1-1-201", "2-1-101"];

/** Everything that the tables can hold, by the service's own doors. */
export async function prepareInstallation(): Promise<Prepared> {
  const outside = await Outside.open();
  const service = await TestService.create({ sealEverySeconds: 3600 }, outside.environment);
  const community = await TestCommunity.create(service);
  await outside.learn(service, community.id);
  await tellStory(service, community);
  await outside.hasSeen(service, community.id);
  await service.stop();
  await outside.close();
  return {
    databaseUrl: service.database.url,
    dataDirectory: service.directory,
    close: () => service.close(),
  };
}

async function tellStory(service: TestService, community: TestCommunity): Promise<void> {
  await appoint(community);
  const roll = await community.freezeRoll();
  const voters = await community.bindKeys(roll, UNITS);
  await revoke(community, roll, voters[3]!);
  await tellFund(service, community);
  const meeting = await TestMeeting.convene(community, roll, { paperSeconds: 600 });
  await extend(community, meeting);
  await redactContact(community, meeting);
  await meeting.moveTo("opensAt", 1);
  community.forgetSessions();
  for (const voter of voters.slice(0, 2)) await meeting.vote(voter, "for", "for", "against");
  const question = await speak(meeting, "questions", voters[0]!);
  await community.postAs("committee", `/meetings/${meeting.number}/talk/${question}/answers`, {
    body: { text: "按面积分摊。" },
  });
  await service.assembly.step();
  await eventually(async () => (await meeting.view()).ballots.sealed === 2);
  await enterPaper(community, meeting);
  await meeting.moveTo("countsFrom", 1);
  await count(service, community, meeting);
  await speak(meeting, "objections", voters[1]!);
  await leaveOpen(service, community);
  await recordIncident({ db: service.parts.db, log: service.parts.log }, INCIDENT, new Date());
  await settle(service);
}

const PLAN = {
  ...{ fund: "maintenance", budget: "238600000", scope: [], rule: { rule: "area" } },
  payee: CONTRACTOR,
};

const INCIDENT = {
  code: "ChainNodeContradicts",
  params: { transaction: "0x12", block: "7" },
} as const;

async function speak(
  meeting: TestMeeting,
  kind: "questions" | "objections",
  { person }: Voter,
): Promise<number> {
  const { service } = meeting.community;
  const cookie = await login(service, person);
  const body = { text: "费用由谁分摊?" };
  return (await post(service, `${meeting.path}/${kind}`, { body, cookie })).record as number;
}

async function appoint(community: TestCommunity): Promise<void> {
  const signer = new WalletPerson().keyId;
  const body = { signer, roles: ["auditor"], title: "监督员" };
  const { proposal } = await community.postAs("registrar", "/officers", { body });
  await community.sign(proposal);
}

async function revoke(community: TestCommunity, roll: number, key: Voter): Promise<void> {
  const { page, position } = key;
  const { proposal } = await community.postAs("registrar", `/rolls/${roll}/revocations`, {
    body: { page, position, reason: "遗失" },
  });
  await community.sign(proposal);
  await eventually(async () => {
    const { items } = await get(community.service, `${community.path}/rolls/${roll}/keys`);
    return items.some((row: { revokedAt: string | null }) => row.revokedAt !== null);
  });
}

async function extend(community: TestCommunity, meeting: TestMeeting): Promise<void> {
  const { closesAt } = await meeting.view();
  const later = new Date(Date.parse(closesAt as string) + 3_600_000).toISOString();
  const body = { closesAt: later.replace(".000Z", "Z"), reason: "参与不足" };
  const address = `/meetings/${meeting.number}/extensions`;
  const { proposal } = await community.postAs("committee", address, { body });
  await community.sign(proposal);
  await eventually(async () => (await meeting.view()).extended);
}

async function redactContact(community: TestCommunity, meeting: TestMeeting): Promise<void> {
  const { record } = await meeting.view();
  const body = { record: record.index, path: "/contact", reason: "联系人已更换" };
  const { proposal } = await community.postAs("registrar", "/redactions", { body });
  await community.sign(proposal);
}

async function enterPaper(community: TestCommunity, meeting: TestMeeting): Promise<void> {
  const form = new FormData();
  form.set("unit", "1-1-201");
  form.set("answers", "against,blank,for");
  form.set("file", new Blob([new Uint8Array(SCAN)]), "scan.pdf");
  const address = `/meetings/${meeting.number}/paper`;
  const { id } = await community.postAs("tellerA", address, { form });
  const answers = ["against", "blank", "for"];
  await community.postAs("tellerB", `${address}/${id}/check`, { body: { answers } });
  const { proposal } = await community.postAs("tellerA", `${address}/batches`, { body: {} });
  await community.sign(proposal, ["tellerA", "tellerB"]);
  await eventually(async () => {
    const { items } = await community.getAs("tellerA", address);
    return items[0].state === "sealed";
  });
}

async function count(
  service: TestService,
  community: TestCommunity,
  meeting: TestMeeting,
): Promise<void> {
  const { resultIndex } = await eventually(async () => {
    await service.assembly.step();
    const view = await meeting.view();
    return view.result ? view : undefined;
  });
  await community.anchored(resultIndex);
}

/** A second roll with keys that wait, and a meeting with a ballot that waits. */
async function leaveOpen(service: TestService, community: TestCommunity): Promise<void> {
  community.forgetSessions();
  const roll = await community.freezeRoll(FLATS.slice(0, 4));
  const [voter] = await community.bindKeys(roll, ["1-1-102"]);
  const { items } = await community.postAs("registrar", `/rolls/${roll}/invitations`, {
    body: { units: ["2-1-101"] },
  });
  const { code } = items[0] as { code: string };
  await enrol(service, new WalletPerson(), { community: community.id, code });
  const meeting = await TestMeeting.convene(community, roll, { items: [5], plans: [PLAN] });
  await tellProjects(service, community, meeting.number);
  await meeting.moveTo("opensAt", 1);
  community.forgetSessions();
  await meeting.vote(voter!, "for");
  const body = { signer: new WalletPerson().keyId, roles: ["auditor"], title: "未定" };
  await community.postAs("registrar", "/officers", { body });
}

/** Nothing is on its way any more. */
async function settle(service: TestService): Promise<void> {
  await eventually(async () => {
    await service.parts.anchor.anchorDue();
    const { waiting, sent } = await service.parts.chain.status();
    const behind = await service.parts.db.$queryRaw<unknown[]>`
      SELECT 1 FROM "Log" l WHERE l."size" > (SELECT max("size") FROM "Head" h WHERE h."state" = 'anchored')`;
    return waiting + sent === 0 && behind.length === 0;
  });
}
