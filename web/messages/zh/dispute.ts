/** What the page says about dispute files; their findings have words of their own (protocol/verify/dispute/words.ts). */
export const dispute = {
  title: {
    ballot: "我的票没有计入，或计错了？制作争议文件",
    noBallot: "这一户没有投票，要留下证明？制作争议文件",
    entry: "这一笔账不对？制作争议文件",
  },
  intro: {
    ballot:
      "把您的主张、这张回执和会议的公开证据放进一份文件。居委会、街道、法院或任何人都能自己核验，文件会写明主张成立、不成立，还是无法判定，以及接下来可以怎么做。",
    noBallot:
      "把您的主张、您这一户的名册行和会议的公开证据放进一份文件。任何人都能自己核验：计入的票里有没有这一户的。",
    entry:
      "把您的主张和这一笔账的公开证据放进一份文件：记录、分摊清册、批准、合同、表决。任何人都能自己重新计算，文件会写明主张成立、不成立，还是无法判定，以及接下来可以怎么做。",
  },
  holds: {
    ballot: "文件里有您的选择。它只在这台设备上制作，不会发送给任何人；您交给谁，谁才能看到。",
    noBallot:
      "文件里有您的房号和表决序号，因此能看出这一户投没投票。它只在这台设备上制作，不会发送给任何人。",
    entry: "文件里只有公开的内容和您补充的话。",
  },
  unit: "为哪一户",
  says: "您想补充的话（可不填，会原样放进文件）",
  make: "制作争议文件",
  making: "正在制作……",
  saved: (name: string) => `已存为 ${name}。`,
  check: "在这台设备上核验它",
  choose: "选择争议文件（.zip）",
  chooseTitle: "核验争议文件",
  chooseIntro:
    "别人给您的争议文件也可以在这里核验；文件里附带的 verifier.html 不联网也能核验并判定。",
  noClaim: "这份文件里没有主张，它是一份普通的证据文件，请在会议的“重新计票”页核验。",
  disagree: "证据之间或证据与主张之间有不一致之处，下面逐条列出应为什么、实为什么。",
  follows: "接下来",
  shown: "计入的那张票",
  byKey: (batch: number, key: string) => `第 ${batch} 批，由第 ${key} 号钥匙签名`,
  onPaper: (batch: number) => `第 ${batch} 批，纸质票`,
  until: (block: string, time: string) => `以区块 ${block}（${time}）为止的内容判断。`,
};
