/** What a meeting is said to be wherever it is named, on the first screen too. */
export const cards = {
  stages: {
    announced: "公告",
    voting: "表决",
    counting: "计票",
    objection: "询异",
    effective: "生效",
  },
  stageText: {
    announced: (at: string) => `公告中，${at} 开始表决。`,
    voting: (at: string) => `正在表决，${at} 截止。截止前任何人都看不到赞成或反对的票数。`,
    counting: "表决已截止，正在逐票计票。",
    objection: (at: string) => `初步结果公示中，${at} 前可以提出异议。`,
    effective: (at: string) => `结果已于 ${at} 生效。`,
  },
  outcomes: {
    Adopted: "通过",
    NotAdopted: "未通过",
    QuorumNotReached: "参与不足，表决不成立",
  },
  takingPart: (heads: string, headsShare: string, area: string, areaShare: string) =>
    `参与 ${heads}（${headsShare}），${area}（${areaShare}）`,
};
