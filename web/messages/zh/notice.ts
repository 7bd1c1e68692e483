export const notice = {
  pdf: "下载 A4 公告（PDF）",
  proof: "公告的证明",
  proofHint:
    "公告里的每一项都出自已公开的记录。本机可以核对这些记录确实在公开日志里、链首确实在链上；票数对不对，请重新计票。",
  head: (size: string) => `公开记录链首（共 ${size} 条）`,
  noticeAgrees: "本页显示的公告与公开日志里的一字不差，每一份文件的指纹都相符。",
  checkNotice: "核验公告和文件",
  check: "核验公告的记录",
  checking: "正在读链核验……",
  agree: "公告所依据的每一条记录都在公开日志里，链首已上链。",
  disagree: "有的记录不一致或无法核验，见下面的清单。",
  recount: "重新计票",
};
