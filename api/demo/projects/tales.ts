import type { ProjectName } from "./terms.ts";
import type { Paper, Work } from "./work.ts";

/** On a day (counted from today) at an hour, something is done for a project. */
export type Turn = readonly [day: number, hour: number, act: (work: Work) => Promise<unknown>];

/** Wanted, and offers opened, before the first meeting is announced with its motion. */
const wanted = (note: string, ...papers: Paper[]): Turn[] => [
  [-104, 17, (work) => work.begin(note, papers)],
  [-104, 17.5, (work) => work.collectQuotes()],
  [-103, 11, (work) => work.linkMotion()],
];

/** The contract, and its money set aside on the next day. */
const contracted = (day: number, isKept = false): Turn[] => [
  [day, 10, (work) => work.contract(isKept)],
  [day + 1, 15, (work) => work.reserve()],
];

interface Part {
  milestone: number;
  /** Of what the contract has for it. */
  percent?: number;
  accepted: string;
}

/** Claimed on a day, accepted on the next, paid on the one after. */
const paid = (day: number, { milestone, percent, accepted }: Part): Turn[] => [
  [day, 10, (work) => work.claim(milestone, percent)],
  [day + 1, 15, (work) => work.judge(true, accepted)],
  [day + 2, 11, (work) => work.approve("firstApprover", "secondApprover")],
];

/** Adopted with the first meeting's second motion; built, audited, paid to the last part and settled. */
const lift: Turn[] = [
  ...wanted("六部电梯使用满十七年，经检验机构安全评估建议更新，提请业主大会决定。", {
    ...{ name: "电梯安全评估报告.pdf", lines: ["结论 建议更新"] },
  }),
  // A contract has names of persons in it: officers read it, everybody sees its hash.
  ...contracted(-61, true),
  [-52, 14, (work) => work.progress("六部电梯到货，开箱清点。", [{ name: "到货开箱.png" }])],
  ...paid(-51, { milestone: 0, accepted: "六部电梯到货，规格、数量与合同一致。" }),
  [-38, 16, (work) => work.progress("3 幢、7 幢安装完成，开始调试。", [{ name: "井道安装.png" }])],
  ...paid(-36, { milestone: 1, accepted: "安装完成，调试记录齐全。" }),
  [-26, 9, (work) => work.progress("检验机构现场检验合格。", [{ name: "检验合格标志.png" }])],
  [-24, 10, (work) => work.audit("工程量与合同一致，未核减。")],
  ...paid(-23, { milestone: 2, accepted: "检验合格，移交物业服务企业。" }),
  [-8, 10, (work) => work.settle("全部付清，项目结清。")],
];

/** Half way: one part is paid, one accepted and waiting for a second approval, one not begun. */
const facade: Turn[] = [
  ...wanted("1 幢西立面面砖空鼓、脱落，已设围挡，提请业主大会决定。", { name: "面砖脱落.png" }),
  ...contracted(-58),
  [-40, 9, (work) => work.progress("脚手架搭设完成，铲除空鼓面砖。", [{ name: "脚手架.png" }])],
  ...paid(-35, { milestone: 0, accepted: "空鼓部位已全部铲除，垃圾清运完毕。" }),
  [-16, 16, (work) => work.progress("西立面上部铺贴完成。", [{ name: "铺贴面砖.png" }])],
  [-14, 10, (work) => work.claim(1)],
  [-12, 15, (work) => work.judge(true, "抽查十二处，粘结强度合格。")],
  [-11, 11, (work) => work.approve("firstApprover")],
];

const EARLY =
  "施工单位在表决结果公布前三日自行进场搭设围挡，业委会当日责令停工；围挡未计价，合同在结果公示期满后签订。";
const FIRST_PAYMENT = "该公司为本小区首次合作，报价比选记录、营业执照已随项目公开。";

/** Disputed: on the site before the vote, a part not there, an invoice in another's name, a second part refused. */
const sprinklers: Turn[] = [
  ...wanted("2 幢喷淋管网锈蚀渗漏，消防检测不合格，提请业主大会决定。", {
    ...{ name: "消防设施检测报告.pdf", lines: ["结论 不合格，建议更换"] },
  }),
  [-73, 9, (work) => work.progress("施工单位进场搭设围挡。", [{ name: "围挡.png" }])],
  [-72, 17, (work) => work.answer("startBeforeVote", EARLY)],
  ...contracted(-60),
  [-50, 10, (work) => work.claim(0)],
  [-48, 15, (work) => work.judge(false, "现场清点主管少装两段，与发票数量不符，不予验收。")],
  [-45, 10, (work) => work.claim(0, 96)],
  [-44, 15, (work) => work.judge(true, "两段已补装，按实际数量计价，余下部分不再支付。")],
  [-43, 10, (work) => work.withdraw("付款前发现发票抬头写成物业服务企业，撤回验收，退票重开。")],
  ...paid(-41, { milestone: 0, percent: 96, accepted: "新发票抬头、数量均无误。" }),
  [-38, 10, (work) => work.answer("firstPayment", FIRST_PAYMENT)],
  [-20, 9, (work) => work.progress("支管、喷头更换过半。", [{ name: "支管更换.png" }])],
  [-17, 10, (work) => work.claim(1)],
  [-15, 15, (work) => work.judge(false, "喷头型号与合同不一致，施工单位不认可，已提请造价审核。")],
  [
    -13,
    10,
    (work) => work.audit("喷头按实际型号计价，核减部分不予支付。", { milestone: 1, percent: 71 }),
  ],
];

/** Cheaper than adopted: the audit leaves less of the second part, and what is left over is free again. */
const roof: Turn[] = [
  ...wanted("4 幢屋面防水层老化，顶层多户渗漏，提请业主大会决定。", { name: "屋面渗漏.png" }),
  ...contracted(-59),
  [-33, 16, (work) => work.progress("旧防水层铲除，新防水层铺设完成。", [{ name: "防水层.png" }])],
  ...paid(-30, { milestone: 0, accepted: "闭水试验二十四小时无渗漏。" }),
  [-20, 10, (work) => work.audit("保护层厚度未达合同要求，核减。", { milestone: 1, percent: 86 })],
  ...paid(-18, { milestone: 1, percent: 86, accepted: "竣工验收合格，按审定金额结算。" }),
  [-8, 11, (work) => work.settle("按审定金额付清，结余释放。")],
];

/** Without a vote, on a ground that registrar and committee attest; audited and put before the owners afterwards. */
const mains: Turn[] = [
  [
    -47,
    7,
    (work) => work.begin("给水主管爆裂，2 幢停水，电梯井进水。", [{ name: "爆管现场.png" }]),
  ],
  [
    ...([-47, 8] as const),
    (work) =>
      work.planEmergency("街道办事处、业委会现场确认属应急维修，施工单位从应急维修名录中选取。", [
        { name: "应急维修确认书.pdf", lines: ["情形 供水主管爆裂", "确认 街道办事处、业主委员会"] },
      ]),
  ],
  [-47, 8.5, (work) => work.contract()],
  [-47, 9, (work) => work.reserve()],
  [-47, 22, (work) => work.progress("主管更换完毕，恢复供水。", [{ name: "恢复供水.png" }])],
  ...paid(-46, { milestone: 0, accepted: "通水、打压试验合格。" }),
  [-42, 10, (work) => work.audit("工程量经现场签证核对，未核减。")],
  [-41, 10, (work) => work.publish("付款及各户分摊清册在公告栏和本页公示。")],
  [-11, 10, (work) => work.settle("公示三十日无异议，项目结清。")],
];

/** What happens to each project, in the order of days. */
export const TALES: Record<ProjectName, readonly Turn[]> = {
  lift,
  facade,
  sprinklers,
  roof,
  mains,
};
