import type { TrustReason } from "./trust.ts";

/** Why the blocks of a bundle are taken for the chain's, in plain words: the page and the command line say the same. */
export const TRUST_WORDS: Record<"zh" | "en", Record<TrustReason, string>> = {
  zh: {
    replay: "这台设备把整条链的交易重新执行了一遍，得到相同的区块。",
    validators: "您给出的验证节点中，有足够多的节点为每个区块签了章。",
    node: "您指定的节点也有同样的区块。",
    witnesses:
      "您信任的见证人为公开记录的最新状态共同签了名：他们看到的是同一份记录，没有被改写过。",
    timestamp: "您信任的时间戳机构证明：公开记录的这一状态在所述时间已经存在，此后没有改写。",
    nobody:
      "以上内容全部由这个区块证明；但这个区块是不是链上真有的，目前只有制作这份文件的人这么说。要查实，请把下面这串字符与公告上印的、别处节点上的、或者其他业主手机里留存的对照。",
  },
  en: {
    replay: "This device ran every transaction of the chain again and came to the same blocks.",
    validators: "Enough of the validators that you gave have sealed every block.",
    node: "The node that you chose knows the same blocks.",
    witnesses:
      "The witnesses that you trust have cosigned the public log's last head: it is the log that they saw, and none of it was rewritten.",
    timestamp:
      "The authority that you trust states that the public log's head was there at the time it names, and was not rewritten since.",
    nobody:
      "All of the above is proven by this block; that the chain really has this block is so far only the word of whoever made the file. To find out, compare the characters below with those printed on a notice, known to another node, or kept on another owner’s phone.",
  },
};
