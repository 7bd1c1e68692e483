import type { ClaimCheckName } from "../../../protocol/verify/report.ts";

/** What is looked at in a claim and a receipt. */
export const claimChecks = {
  claim: "主张：此处未判定，可在“核验我的票”页或用命令 npx mingzhang verify dispute 判定",
  claimForm: "主张的格式与所附材料",
  claimLine: "这一户在名册里的一行",
  claimVoted: "这一户没有计入的票",
  claimEntry: "这一笔账与它的依据",
  receiptForm: "回执格式",
  receiptContract: "回执属于这个小区的合约",
  receiptKey: "回执的钥匙在名册上",
  receiptSignature: "回执上的签名",
  receiptLeaf: "回执号与内容相符",
  receiptPromise: "服务方签名的收票承诺",
  receiptSealed: "您的票在封存的批次里",
  receiptCounted: "您的票的计票处理",
} satisfies Record<ClaimCheckName | "claim", string>;
