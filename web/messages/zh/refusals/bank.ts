import type { ProblemText } from "../problems.ts";

const EXPORT_AGAIN = "请从网银重新导出，不要改动文件。";
const ASK_BANK = "请向银行索取完整的对账单。";
const SAVE_TABLE = "请核对该行，与银行回单一致后再导入。";

/** Bank statements: files that cannot be read, and what does not add up in them. */
export const bankRefusals = {
  BankFormatUnknown: ["认不出这种文件", "可用 camt.053、OFX、CSV 或 XLSX。"],
  BankVersionUnknown: ["这不是对账单报文", "需要 camt.053 的对账单。"],
  BankEncodingInvalid: ["文件的文字编码与它所写的不符", EXPORT_AGAIN],
  BankXmlUnsafe: ["文件里有不应出现的声明", "这样的文件不安全，不予读取。"],
  BankFileMalformed: ["文件格式有错", EXPORT_AGAIN],
  BankFileTruncated: ["文件不完整", EXPORT_AGAIN],
  BankSchemaInvalid: ["文件不符合对账单的国际标准", ASK_BANK],
  BankSchemaUnusable: ["校验用的标准文件不能用", "请把错误代号告诉管理员。"],
  BankStructureInvalid: ["对账单缺少必需的内容", ASK_BANK],
  BankStatementMissing: ["文件里没有对账单", ASK_BANK],
  BankColumnsMissing: ["找不到日期和金额两列", "请指明哪一列是日期，哪一列是金额。"],
  BankAmountMissing: ["有一行没有金额", SAVE_TABLE],
  BankAmountMalformed: ["有一行的金额看不懂", SAVE_TABLE],
  BankAmountExponent: ["有一行的金额是科学记数法", "请把该列设为文本或两位小数后再导出。"],
  BankAmountDecimals: ["有一行的金额小数位太多", "金额最多到分。"],
  BankAmountNegative: ["有一行的金额不应为负", SAVE_TABLE],
  BankAmountTwice: ["有一行既有收入又有支出", "每行只能有一个。"],
  BankDirectionUnknown: ["有一行看不出是收入还是支出", SAVE_TABLE],
  BankDateMissing: ["有一行没有日期", SAVE_TABLE],
  BankDateInvalid: ["有一行的日期不存在或看不懂", SAVE_TABLE],
  BankDatesAmbiguous: ["分不清日期里哪个是月、哪个是日", "请指明日期的次序。"],
  BankCurrencyUnknown: ["认不出币种", SAVE_TABLE],
  BankCurrencyDiffers: ["币种与账户不同", "不同币种要分开导入。"],
  BankAccountDiffers: ["账号与所选账户不同", "请核对选的是哪个账户。"],
  BankLineNotUnderstood: ["有一行看不懂", SAVE_TABLE],
  BankOpeningMissing: ["没有期初余额", "请填写对账单上的期初余额。"],
  BankClosingMissing: ["没有期末余额", "请填写对账单上的期末余额。"],
  BankSumDiffers: ["期初加各行不等于期末", "缺行或多行，请重新导出完整的对账单。"],
  BankBalanceDiffers: ["有一行的余额接不上", "该行之前可能缺行，请重新导出。"],
  BankTotalDiffers: ["合计与各行相加不等", EXPORT_AGAIN],
  BankStatementGap: ["与上一份对账单之间有缺口", "请先导入中间的对账单。"],
  BankStatementOverlap: ["与上一份对账单重叠且不一致", "请核对两份对账单。"],
} satisfies Record<string, ProblemText>;
