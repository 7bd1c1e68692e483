/** Whom the demonstration's committee pays, and who pays it: invented, as their accounts are. */
export interface Company {
  name: string;
  account: string;
}

const company = (name: string, tail: string): Company => ({
  name: `示范${name}`,
  account: `62220000${tail.padStart(8, "0")}`,
});

export const COMPANIES = {
  roofing: company("防水工程有限公司", "506"),
  lifts: company("电梯工程有限公司", "3711"),
  fire: company("消防安全技术有限公司", "1190"),
  pipes: company("市政管道有限公司", "2048"),
  facade: company("建筑装饰工程有限公司", "7730"),
  security: company("智能科技有限公司", "8812"),
  roads: company("市政工程有限公司", "4400"),
  power: company("机电工程有限公司", "6105"),
  // The same account under another name: the formulas notice, and the committee answers.
  powerRenamed: company("机电科技股份有限公司", "6105"),
  sprinklers: company("消防设备有限公司", "2231"),
  mains: company("给排水工程有限公司", "3302"),
  property: company("物业服务有限公司", "1001"),
  gardens: company("园林绿化有限公司", "1210"),
  surveyors: company("工程造价咨询有限公司", "7008"),
  auditors: company("会计师事务所", "9009"),
  media: company("传媒有限公司", "5151"),
  kiosks: company("便利店管理有限公司", "5152"),
  bank: company("银行股份有限公司", "1"),
} as const;
