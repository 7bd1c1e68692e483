import type { ProblemText } from "../problems.ts";

const AGAIN = "请核对后重新填写。";

/** What the books of the two funds refuse. */
export const booksRefusals = {
  EntryPostingsMissing: ["没有写明收付", AGAIN],
  EntryPostingsUnbalanced: ["借贷不平", "各项相加必须为零，差一分也不行。"],
  EntryAccountUnknown: ["没有这个科目", AGAIN],
  EntryAccountTwice: ["同一科目写了两次", "请合并成一项。"],
  EntryAmountInvalid: ["金额不对", "金额不能为零，最多两位小数。"],
  EntryFundMixed: ["维修资金与公共收益混在了一起", "两本账必须分开，请各记一笔。"],
  EntryKindDiffers: ["科目与业务种类不符", AGAIN],
  EntryUnitsMissing: ["没有写明各户的份额", "涉及业主份额的，必须分到每一户。"],
  EntryUnitsUnexpected: ["这笔业务不涉及分户账", "请去掉各户的份额。"],
  EntryUnitTwice: ["同一户写了两次", AGAIN],
  EntryUnitSignsMixed: ["各户的方向不一致", "一笔业务里各户只能都增加或都减少。"],
  EntryUnitsDiffer: ["各户相加与总额不符", "差一分也不行，请核对。"],
  EntryUnitUnknown: ["有的户不在名册里", "请按名册的写法填写房号。"],
  EntryDateAhead: ["日期不对", "不能写以后的日期，发生日期也不能晚于入账日期。"],
  EntryOverdraws: ["账上的钱不够", "请核对金额和先后。"],
  EntryUnitOverdrawn: ["有的户余额不够", "请先续交，或由业主大会另行决定。"],
  EntryNotFound: ["没有这笔账", "请刷新页面。"],
  EntryReversed: ["这笔账已经冲销过", "一笔账只能冲销一次。"],
  EntryNotReversible: ["冲销不能再冲销", "请重新记一笔正确的账。"],
  PeriodClosed: ["这一期已经结账", "请记在下一期，并写明发生日期。"],
} satisfies Record<string, ProblemText>;
