export const mine = {
  title: "我这一户",
  intro: "我在不在名册上、面积和钥匙对不对、有没有票以我的名义投出，都在这里看，并由本机核验。",
  noKey: "这台设备还没有您的签名钥匙",
  noKeyCure: "凭邀请码登记后，就能看到并核验您这一户的名册和票。",
  notOnRoll: "这次会议的名册上没有您。如有疑问，请联系登记员。",
  ballots: "服务登记的票",
  none: "没有登记到以您的名义投出的票。",
  states: {
    waiting: "等候封存",
    sealing: "正在封存",
    sealed: "已封存上链",
    replaced: "已被后来的票代替",
    late: "未能在截止前封存",
    checked: "两人核对一致，等候封存",
  } as Record<string, string>,
  batch: (n: string) => `第 ${n} 批`,
  counted: "已计入",
  wrong: "不是您投的，或少了一张？",
  object: "公开提出异议",
  proof: {
    title: "由本机核验：有没有票以我的名义计入",
    intro:
      "本机先用您各套房屋的名册行算出您的票号，再把封存的每一批票重新打开、逐票验签，看有没有这个票号。不需要相信本服务。",
    start: "开始核验",
    voted: "有一张票以您的名义计入结果。",
    notVoted: "没有任何票以您这一户的名义计入。",
    how: (voter: number) =>
      `您的各套房屋在冻结的名册里对应第 ${voter} 号；名册、批次和签名都由本机读链核过。`,
    lines: {
      unchecked: "正在核对您的名册行。",
      unreadable: "现在读不到链上的名册，无法核验。",
      differ: "服务给出的名册行与链上冻结的名册不符！请保存本页并向居委会反映。",
    },
    open: {
      pending: "还没有计票。截止并计票后，请再来核验。",
      fault: "有的内容不一致或无法核验，见下面的清单。",
    },
  },
};
