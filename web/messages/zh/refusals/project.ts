import type { ProblemText } from "../problems.ts";

/** What the story of a project and its payments refuse. */
export const projectRefusals = {
  ProjectNotFound: ["没有这个项目", "请刷新页面。"],
  ProjectRouteDiffers: ["表决项目与应急项目的步骤不同", "请按这个项目的方式办理。"],
  ProjectSettled: ["项目已经结算", "结算后不能再添加。"],
  ProjectDateInvalid: ["日期晚于今天", "请填写事情发生的日期。"],
  ProjectMotionTaken: ["这项议题已经用于另一个项目", "一项议题只对应一个项目。"],
  ProjectMotionWithoutPlan: ["这项议题没有使用方案", "没有方案的议题不能动用资金。"],
  ProjectVoteStands: ["项目已经对应了一项议题", "议题定了就不能更换。"],
  ProjectPlanMissing: ["还没有使用方案", "请先对应议题，应急项目请先填写方案。"],
  ProjectQuoteUnknown: ["没有这份报价", "请先登记报价。"],
  ProjectPayeeDiffers: [
    "收款方与方案中的不一致",
    "户名和账号都要与表决通过的一致；换单位要重新表决。",
  ],
  ProjectMilestonesDiffer: ["各阶段金额相加不等于合同金额", "请核对，差一分也不行。"],
  ProjectOverBudget: ["合同金额超过了批准的预算", "超出的部分要重新表决。"],
  ProjectContractMissing: ["还没有登记合同", "请先登记合同。"],
  ProjectMilestoneUnknown: ["合同里没有这个阶段", "请刷新页面。"],
  ProjectInvoiceUsed: ["这张发票已经登记过", "同一张发票只能用一次。"],
  ProjectInvoiceTooHigh: ["发票金额超过这个阶段的合同金额", "请核对发票和阶段。"],
  ProjectPaymentMissing: ["还没有可以公示的付款", "付款入账后再公示。"],
} satisfies Record<string, ProblemText>;
