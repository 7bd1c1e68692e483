import type { Outcome, Reason } from "./finding.ts";

/** What was found, and what follows, in plain words: page, command line and the verifier in the file say the same. */
export type DisputeWords = {
  outcomes: Record<Outcome, string>;
  reasons: Record<Reason, { found: string; follows: string }>;
};

const ZH_OBJECT =
  "可在询异期内提出异议，也可请居民委员会、街道办事处核实；对已生效的决定，可在一年内请求人民法院撤销。";
const EN_OBJECT =
  "Object within the objection period, or ask the residents’ committee or the subdistrict office to look into it; a decision in force can be challenged in court within one year.";

/** The words about disputes in each language. */
export const DISPUTE_WORDS: Record<"zh" | "en", DisputeWords> = {
  zh: {
    outcomes: { upheld: "主张成立", refuted: "主张不成立", undecided: "无法判定" },
    reasons: {
      form: {
        found: "主张的格式不对，或与所附材料不是同一件事。",
        follows: "请在核验页面重新制作争议文件。",
      },
      ground: {
        found: "所附证据本身有不一致或缺失之处，不能据以判断。",
        follows: "请重新制作一份；若仍如此，把文件交居民委员会、街道办事处或审计人员。",
      },
      receiptFails: {
        found: "回执本身不成立：钥匙、签名、票号或服务方的承诺对不上。",
        follows: "请改用投票时保存的原回执。",
      },
      counted: {
        found: "这张票已封存并计入，内容与回执相同。",
        follows: "无须处理。若这张票不是您投的，请到登记处吊销这把钥匙并提出异议。",
      },
      superseded: {
        found: "同一把钥匙签名的另一张票按会议规则优先，这张票因此不计入。",
        follows: `以那一张为准。若那一张不是您投的，请到登记处吊销这把钥匙；${ZH_OBJECT}`,
      },
      invalid: {
        found: "这张票按计票规则无效，没有计入。",
        follows: `处理代码见公开的计票过程。${ZH_OBJECT}`,
      },
      revoked: {
        found: "这张票的钥匙在开票前已由两位工作人员签名吊销；吊销是否应当，文件无法判断。",
        follows: `请向登记处查阅吊销理由。${ZH_OBJECT}`,
      },
      otherBallot: {
        found: "同一位业主另有一张票计入：另一把钥匙签名的、纸质的，或先后无法证明的。",
        follows: `请查阅那把钥匙的登记材料或纸质票的扫描件。${ZH_OBJECT}`,
      },
      lapsed: {
        found: "这张票已封存，但它所在的批次到期没有开出，因此没有计入。",
        follows: `可要求就这一批重新表决。${ZH_OBJECT}`,
      },
      notSealed: {
        found: "服务方签名承诺封存这张票，截止时却没有封存，因此没有计入。",
        follows: `可要求就漏封的票重新表决。${ZH_OBJECT}`,
      },
      noPromise: {
        found: "链上没有这张票，而文件中没有服务方签名的承诺，不能证明它收到过这张票。",
        follows: `请用投票时保存的收票承诺重新制作。${ZH_OBJECT}`,
      },
      waiting: {
        found: "这张票已封存，所在的批次还没有开出。",
        follows: "请在计票后再制作一次；凭这份回执，您也可以自己把票开出。",
      },
      mayBeSealed: {
        found: "表决还没有截止，这张票仍可能被封存。",
        follows: "截止前仍未封存的，可以再交一次，或者用自己的钥匙把它封存上链。",
      },
      unopened: {
        found: "还有批次没有开出，这张票可能在其中。",
        follows: "请在计票完结后再制作一次。",
      },
      lineFails: {
        found: "所附的名册行对不上冻结的名册，不能证明这一户是哪一个表决序号。",
        follows: "请用“我的表决”页面上的内容重新制作。",
      },
      notConcluded: { found: "计票还没有完结。", follows: "请在计票完结后再制作一次。" },
      noneStands: {
        found: "属实：计入的票中没有这一户业主的票。",
        follows: "若有人说这一户投过票，可以出示这份文件。",
      },
      keyStands: {
        found: "不属实：登记给这一户业主的一把钥匙签名的票已经计入。",
        follows: `若那把钥匙不是您的，请查阅两位工作人员签名的登记材料并吊销它。${ZH_OBJECT}`,
      },
      paperStands: {
        found: "这一户业主有一张纸质票计入，由两位监票人核对签名；是不是业主填的，文件无法判断。",
        follows: `请查阅纸质票的扫描件。${ZH_OBJECT}`,
      },
      entryMissing: {
        found: "证据里没有这一笔账的记录。",
        follows: "请重新制作；若公开的账目里有这一笔而记录里没有，请交街道办事处或审计人员。",
      },
      entryFails: {
        found: "这一笔账有不符之处，见下面标为“不一致”的各条。",
        follows: `可要求业主委员会写明理由、冲正重记；业主可以查阅账目和凭证。${ZH_OBJECT}`,
      },
      entryReversed: {
        found: "这一笔账已被另一笔冲正，不再计入。",
        follows: "以冲正后的账目为准；理由写在冲正的那一笔里。",
      },
      entryOpen: {
        found: "没有发现不符，但有的内容无法核验，不能判定。",
        follows:
          "请用命令 npx mingzhang verify dispute 或网页核验；仍无法核验的，请业主委员会补充公开。",
      },
      entryHolds: {
        found: "这一笔账与记录、分摊、批准和表决都相符。工程是否真的做了，文件无法判断。",
        follows:
          "若凭证本身不实，请查阅合同、发票和验收材料，并向业主委员会、街道办事处反映；百分之二十以上业主可以要求审计。",
      },
    },
  },
  en: {
    outcomes: { upheld: "Upheld", refuted: "Refuted", undecided: "Cannot be decided" },
    reasons: {
      form: {
        found: "The claim has another form, or is not about what is given with it.",
        follows: "Make the dispute file again on the page.",
      },
      ground: {
        found:
          "The evidence itself does not agree or is not complete; nothing can be decided by it.",
        follows:
          "Make the file again; if it stays so, hand it to the residents’ committee, the subdistrict office or an auditor.",
      },
      receiptFails: {
        found:
          "The receipt does not hold by itself: key, signature, number or the service’s promise do not agree.",
        follows: "Use the receipt as it was kept when the vote was cast.",
      },
      counted: {
        found: "The ballot was sealed and counted, with the answers of the receipt.",
        follows:
          "Nothing is to be done. If you did not cast it, have the key revoked at the registrar’s and object.",
      },
      superseded: {
        found:
          "Another ballot, signed by the same key, comes first by the meeting’s rules; this one does not count therefore.",
        follows: `That one stands. If you did not cast it, have the key revoked. ${EN_OBJECT}`,
      },
      invalid: {
        found: "The ballot is invalid by the rules of the count, and was not counted.",
        follows: `Its code stands in the public count. ${EN_OBJECT}`,
      },
      revoked: {
        found:
          "Two officers revoked the key of this ballot before the count; whether rightly, the file cannot tell.",
        follows: `Ask the registrar for the reason. ${EN_OBJECT}`,
      },
      otherBallot: {
        found:
          "Another ballot of the same owner stands: signed by another key, on paper, or one of which nobody can tell whether it came later.",
        follows: `Ask to see how that key was registered, or the scan of the paper. ${EN_OBJECT}`,
      },
      lapsed: {
        found:
          "The ballot was sealed, but its batch was never opened; it was not counted therefore.",
        follows: `Demand a new vote of that batch. ${EN_OBJECT}`,
      },
      notSealed: {
        found:
          "The service promised by its signature to seal this ballot and did not; it was not counted therefore.",
        follows: `Demand a new vote of the ballots left out. ${EN_OBJECT}`,
      },
      noPromise: {
        found:
          "The chain has nothing of this ballot, and nothing in the file is signed by the service to show that it took it in.",
        follows: `Make the file again with the promise kept when the vote was cast. ${EN_OBJECT}`,
      },
      waiting: {
        found: "The ballot is sealed; its batch has not been opened yet.",
        follows:
          "Make the file again after the count; whoever holds the receipt can also open the ballot himself.",
      },
      mayBeSealed: {
        found: "Voting has not ended: the ballot may still be sealed.",
        follows: "If it is not, hand it in again before closing, or seal it with your own key.",
      },
      unopened: {
        found: "Some batches have not been opened yet; the ballot may be in one of them.",
        follows: "Make the file again after the count.",
      },
      lineFails: {
        found:
          "The line of the roll that is given does not open the frozen roll: which voter number is the flat’s is not shown.",
        follows: "Make the file again from the page “my vote”.",
      },
      notConcluded: {
        found: "The count has not ended yet.",
        follows: "Make the file again after the count.",
      },
      noneStands: {
        found: "True: no ballot of this flat’s owner stands in the count.",
        follows: "Show this file to whoever says that the flat has voted.",
      },
      keyStands: {
        found: "Not so: a ballot stands that was signed by a key registered for this flat’s owner.",
        follows: `If the key is not yours, ask for the registration that two officers signed, and have it revoked. ${EN_OBJECT}`,
      },
      paperStands: {
        found:
          "A paper ballot of this flat’s owner stands, checked and signed by two tellers; whether the owner filled it in, the file cannot tell.",
        follows: `Ask to see the scan of the paper. ${EN_OBJECT}`,
      },
      entryMissing: {
        found: "The evidence holds no record of this entry.",
        follows:
          "Make the file again; if the public books show the entry and the log does not, tell the subdistrict office or an auditor.",
      },
      entryFails: {
        found: "Something about this entry does not agree; the checks below say what.",
        follows: `Demand that the committee state the reason, reverse it and enter it anew; owners may inspect books and vouchers. ${EN_OBJECT}`,
      },
      entryReversed: {
        found: "The entry was taken back by another one and does not count any more.",
        follows: "The books stand as reversed; the reason stands in the reversal.",
      },
      entryOpen: {
        found:
          "Nothing was found wrong, but not everything could be checked, so that nothing is decided.",
        follows:
          "Check it on the page or with npx mingzhang verify dispute; what cannot be checked there the committee should publish.",
      },
      entryHolds: {
        found:
          "The entry agrees with its record, its apportionment, its approvals and the motion. Whether the work was really done, the file cannot tell.",
        follows:
          "If a voucher itself is untrue, inspect contract, invoice and acceptance and tell the committee or the subdistrict office; a fifth of the owners may demand an audit.",
      },
    },
  },
};
