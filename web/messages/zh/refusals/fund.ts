import type { ProblemText } from "../problems.ts";

const REPORT = "请把错误代号告诉管理员。";
const REFRESH = "请刷新页面。";

/** What the Fund contract and the fund's routes refuse. */
export const fundRefusals = {
  PlanItemNotAllowed: [
    "这一项不能动用这项资金",
    "使用维修资金选第五至八项，使用公共收益选第五至九项。",
  ],
  PlanScopeUnknown: ["分摊范围里有名册上没有的楼栋或房屋", "请按名册上的写法填写。"],
  PlanFactorsInvalid: ["分摊系数与分摊范围不符", "范围内每户一个系数，至少一户大于零。"],
  FundApprovalsInvalid: ["批准人数不在 2 至 16 之间", "请改正后再试。"],
  FundApprovalsTooFew: ["批准的人数不够", "请等其他批准人签名。"],
  FundApproverTwice: ["同一人批准了两次", "请由另一位批准人签名。"],
  FundAuthorActs: ["提出申请的人不能验收或批准", "请由另一位成员签名。"],
  FundBalanceTooLow: ["这项资金的可用余额不足", "请减少金额，或核对账目。"],
  FundBudgetExceeded: ["超出业主通过的预算", "超出部分须重新表决。"],
  FundClaimAmountInvalid: ["申请金额不在本期金额之内", "请改正金额。"],
  FundClaimNotAccepted: ["这份付款申请尚未验收，或已办结", REFRESH],
  FundClaimsOpen: ["还有付款申请未办结", "请先验收、支付或撤回。"],
  FundCreditTooLow: ["入账总额少于已预留和已支付的合计", "请核对账目。"],
  FundEmergencyNotMaintenance: ["只有维修资金可以应急使用", "请提交表决。"],
  FundGroundUnknown: ["没有这种应急情形", "请从列表中选择。"],
  FundInvoiceDiffers: ["申请所附的是另一张发票", REFRESH],
  FundInvoiceUsed: ["这张发票已经用过", "一张发票只能付一次，请核对。"],
  FundItemNotAllowed: ["该议题的事项不能动用这项资金", "请核对议题。"],
  FundMilestoneEmpty: ["有一期没有金额", "请改正分期。"],
  FundMilestoneStateDiffers: ["这一期不在这一步", REFRESH],
  FundMilestoneUnknown: ["没有这一期", REFRESH],
  FundMilestonesInvalid: ["一个项目分 1 至 32 期", "请改正分期。"],
  FundMotionNotAdopted: ["业主没有通过这个议题", "不能为它付款。"],
  FundMotionNotFinal: ["表决结果尚未生效", "请等询异期结束。"],
  FundMotionReserved: ["已为这个议题预留资金", REFRESH],
  FundMotionWithoutPlan: ["这个议题不动用资金", "请选择另一个议题。"],
  FundOverrunInvalid: ["超支比例超过预算的全部", "请改正后再试。"],
  FundPlanDiffers: [
    "收款方、预算、分摊范围或办法与业主通过的不符",
    "请按议题填写；变更须重新表决。",
  ],
  FundReservationSettled: ["项目已经结算", "不再为它付款。"],
  FundReservationUnknown: ["没有这笔预留", REFRESH],
  FundRoleMissing: ["该成员没有这个职责，或已被撤销", "请由另一位成员签名。"],
  FundSignatureInvalid: ["有一个签名无法核验", "请重新签名。"],
  FundTermsDiffer: ["收款方或分期与预留时不符", REFRESH],
  FundUnknown: ["没有这项资金", REPORT],
} satisfies Record<string, ProblemText>;
