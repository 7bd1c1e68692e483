import type { ArchiveFault } from "../../../protocol/verify/bundle/archive.ts";
import type { TrustReason } from "../../../protocol/verify/bundle/trust.ts";

/** What the verifier says that opens from disk. */
export const verifier = {
  title: "证据核验",
  product: "明账",
  intro:
    "这个页面核验一份证据文件（.zip）。它在您的设备上运行，不联网，不需要安装任何东西，也不需要相信制作文件的人。",
  choose: "选择证据文件",
  chooseFolder: "或者选择已经解压的文件夹",
  drop: "也可以把文件拖到这里",
  other: "核验另一份",
  print: "打印",
  language: "English",
  textSize: "字号",
  sizes: { a: "标准", aa: "大", aaa: "特大" },
  reading: "正在读取文件……",
  verifying: "正在逐张验票……",
  signatures: (done: string, all: string) => `已验 ${done} / ${all} 张票`,
  took: (seconds: string) => `用时 ${seconds} 秒`,
  refusedTitle: "这份文件无法核验",
  faults: {
    notAnArchive: "它不是证据文件（.zip）。",
    unsafeName: "里面有不合规的文件名，因此没有打开。",
    duplicateName: "里面有两个同名的文件，因此没有打开。",
    tooLarge: "解压后太大，因此没有打开。",
    damaged: "它已损坏，或者被人改动过压缩结构。",
    noManifest: "里面没有文件清单 manifest.json，不是本服务的证据文件。",
    badManifest: "里面的文件清单无法识别。",
  } satisfies Record<ArchiveFault, string>,
  fault: "核验程序没有跑完。请换一个较新的浏览器再试。",
  about: "关于这份证据",
  scopes: {
    meeting: (n: number) => `第 ${n} 次业主大会会议`,
    community: "这个小区公开过的全部内容",
  },
  community: "小区",
  subject: "内容",
  meetingTitle: "会议名称",
  until: "截至",
  agree: "这份证据前后一致：名册、每一枚签名、每一张票、每一个合计都重新算过。",
  disagree: "这份证据有不一致之处，下面逐条列出应为什么、实为什么。",
  pending: "已有的内容都一致，其余的还没有到时候。",
  cannot: "没有发现矛盾，但有的内容无法核验，下面逐条列出。",
  restsOn: "以哪个区块为准",
  block: (number: string, time: string) => `区块 ${number}，${time}`,
  reasons: {
    replay: "这台设备把整条链的交易重新执行了一遍，得到相同的区块。",
    validators: "您给出的验证节点中，有足够多的节点为每个区块签了章。",
    node: "您指定的节点也有同样的区块。",
    nobody:
      "以上内容全部由这个区块证明；但这个区块是不是链上真有的，目前只有制作这份文件的人这么说。要查实，请把下面这串字符与公告上印的、别处节点上的、或者其他业主手机里留存的对照。",
  } satisfies Record<TrustReason, string>,
  validators: (n: number) =>
    `区块里写明有 ${n} 个验证节点。您若知道它们的地址，可以在这里核对签章：`,
  validatorsLabel: "验证节点的地址，每行一个",
  validatorsCheck: "核对签章",
  result: "重新计票的结果",
  meeting: (n: number) => `第 ${n} 次会议`,
  motion: (n: number, item: number) => `第 ${n} 项（《民法典》第二百七十八条第一款第 ${item} 项）`,
  outcomes: {
    Adopted: "通过",
    NotAdopted: "未通过",
    QuorumNotReached: "参与不足，表决不成立",
  },
  participating: "参与表决",
  choices: { for: "同意", against: "反对", abstain: "弃权", invalid: "废票" },
  whole: "名册总数",
  heads: "人数（人）",
  area: "面积（m²）",
  trustThisPage:
    "核验程序本身也在这份文件里。如果您怕它也被人换过，请从您信任的地方取得核验页面，或者用命令行 npx mingzhang verify --bundle 核验；两者得到的结论应当相同。",
};
