import type { ProblemText } from "../problems.ts";

const REPORT = "请把错误代号告诉管理员。";

/** What the Fund contract and the fund's routes refuse. */
export const fundRefusals = {
  PlanItemNotAllowed: [
    "这一项不能动用这项资金",
    "使用维修资金选第五至八项，使用公共收益选第五至九项。",
  ],
  PlanScopeUnknown: ["分摊范围里有名册上没有的楼栋或房屋", "请按名册上的写法填写。"],
  PlanFactorsInvalid: ["分摊系数与分摊范围不符", "范围内每户一个系数，至少一户大于零。"],
  FundApprovalsInvalid: ["批准人数不在 2 至 16 之间", "请改正后再试。"],
  FundCreditTooLow: ["入账总额少于已预留和已支付的合计", "请核对账目。"],
  FundOverrunInvalid: ["超支比例超过预算的全部", "请改正后再试。"],
  FundUnknown: ["没有这项资金", REPORT],
} satisfies Record<string, ProblemText>;
