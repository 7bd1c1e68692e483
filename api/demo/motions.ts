import type { PlanDraft } from "../assembly/service.ts";
import type { ProjectName } from "./projects/terms.ts";

// What the three assemblies of the demonstration decide. Invented throughout.

export interface DemoMotion {
  title: string;
  text: string;
  /** Civil Code Art. 278 para. 1. */
  item: number;
  /** Where it uses a fund. */
  plan?: PlanDraft;
  /** The same where a project follows from it; `{budget}` in the text is what it may cost. */
  project?: ProjectName;
}

export interface DemoAgenda {
  title: string;
  motions: readonly DemoMotion[];
}

export const COMMUNITY_NAME = "示范花园 Demonstration Garden";
export const SCOPE = "示范花园全体业主";
export const ORGANISER = "示范花园业主委员会（演示）";
export const CONTACT = "小区 1 幢架空层议事厅，工作日 9:00 至 17:00（演示）";
export const PROFILE_SOURCE =
  "《示范花园业主大会议事规则》（演示）第十二条：表决前十五日公告；同一业主先后投票的，以最后一次为准；未填、" +
  "错填的事项计入参与表决，不计入同意；投票截止后两日内录入纸质票；表决结果公示七日。";

export const FIRST_AGENDA: DemoAgenda = {
  title: "业主大会会议：续聘物业、更换电梯、公共用地经营",
  motions: [
    {
      title: "续聘现物业服务企业三年",
      item: 4,
      text:
        "现物业服务合同即将届满。提请业主大会决定：续聘示范物业服务有限公司三年，物业费维持每月每平方米 2.10 元不变；" +
        "合同中增加每半年公布一次收支明细、电梯困人三十分钟内到场两项条款，年度满意率低于百分之六十的，业主大会可提前解除。",
    },
    {
      title: "使用维修资金更换 3 幢、7 幢、11 幢共六部电梯",
      item: 5,
      text:
        "上述电梯使用满十七年，经特种设备检验机构安全评估建议更新。提请业主大会决定：使用住宅专项维修资金更换六部电梯，" +
        "预算 {budget} 元（含拆除、安装、检验），由三幢楼的专有部分按面积分摊；经公开比选确定的施工单位为示范电梯工程有限公司，" +
        "按到货、安装、验收三个节点付款，保修五年。",
      project: "lift",
    },
    {
      title: "将南门内公共绿地东侧改作收费停车位并出租单元门厅广告位",
      item: 8,
      text:
        "提请业主大会决定：将南门内公共绿地东侧约 460 平方米改为 36 个收费停车位，并将各单元门厅广告位对外出租。" +
        "所得收入扣除合理成本后属于全体业主，其中七成补充维修资金，三成用于公共设施；收支每季度公布。",
    },
    {
      title: "使用维修资金修补 1 幢西立面脱落的面砖",
      item: 5,
      text:
        "1 幢西立面面砖空鼓、脱落，已设围挡。提请业主大会决定：使用住宅专项维修资金修补，预算 {budget} 元，由该幢专有部分" +
        "按面积分摊；经公开比选确定的施工单位为示范建筑装饰工程有限公司，按进场、铺贴、验收三个节点付款，质保五年。",
      project: "facade",
    },
    {
      title: "使用维修资金更换 2 幢消防喷淋管网",
      item: 5,
      text:
        "2 幢喷淋管网锈蚀渗漏，消防检测不合格。提请业主大会决定：使用住宅专项维修资金更换，预算 {budget} 元，由该幢专有部分" +
        "按面积分摊；经公开比选确定的施工单位为示范消防设备有限公司，按主管、支管两个节点付款，质保两年。",
      project: "sprinklers",
    },
    {
      title: "使用维修资金翻修 4 幢屋面",
      item: 5,
      text:
        "4 幢屋面防水层老化，顶层多户渗漏。提请业主大会决定：使用住宅专项维修资金翻修，预算 {budget} 元，由该幢专有部分" +
        "按面积分摊；经公开比选确定的施工单位为示范防水工程有限公司，按防水层、竣工两个节点付款，按审定金额结算，质保五年。",
      project: "roof",
    },
  ],
};

export const SECOND_AGENDA: DemoAgenda = {
  title: "业主大会会议：电动车管理、外墙修缮、充电车棚",
  motions: [
    {
      title: "修订《管理规约》中电动自行车停放与充电条款",
      item: 2,
      text:
        "提请业主大会决定：在《管理规约》中增加第二十三条之一，禁止在门厅、楼道、电梯轿厢内停放电动自行车或为其充电；" +
        "经劝阻不改的，由业主委员会在公告栏公布处理情况并报告消防救援机构。",
    },
    {
      title: "使用维修资金修缮 5 幢、6 幢外墙渗漏",
      item: 5,
      text:
        "5 幢、6 幢西山墙多处渗漏，已影响 41 户使用。提请业主大会决定：使用住宅专项维修资金修缮外墙防水，" +
        "预算 418,500.00 元，由两幢楼的专有部分按面积分摊，工期 60 日，质保五年；施工单位为示范防水工程有限公司。",
      plan: {
        fund: "maintenance",
        budget: "41850000",
        payee: { name: "示范防水工程有限公司", account: "6222000000000506" },
        scope: ["5", "6"],
        rule: { rule: "area" },
      },
    },
    {
      title: "在北侧空地建设集中充电车棚",
      item: 7,
      text:
        "提请业主大会决定：在北侧空地建设 120 个充电位的车棚及配套消防设施，由充电运营企业出资建设并运营八年，" +
        "期满设施归全体业主；充电服务费每千瓦时不高于 0.50 元。",
    },
  ],
};

export const THIRD_AGENDA: DemoAgenda = {
  title: "业主大会会议：议事规则、续筹维修资金",
  motions: [
    {
      title: "修订《业主大会议事规则》",
      item: 1,
      text:
        "提请业主大会决定：将业主大会会议的公告期由十五日改为二十日，并规定电子投票与纸质投票并行，" +
        "每名业主可在截止前改投，以最后一次为准。",
    },
    {
      title: "续筹维修资金",
      item: 6,
      text:
        "部分房屋的维修资金余额已低于首期交存额的百分之三十。提请业主大会决定：自明年起按每月每平方米 0.25 元续筹，" +
        "随物业费一并收取，划入各户分户账，直至余额恢复到首期交存额。",
    },
  ],
};
