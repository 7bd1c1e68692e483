/** The answer of a check, as it stands on screens of every kind and in the verifier that opens from disk. */
export const verdict = {
  words: {
    consistent: "一致",
    inconsistent: "不一致",
    pending: "待上链",
    unverifiable: "无法核验",
    uncounted: "未计入",
  },
  icons: { consistent: "✔", inconsistent: "✘", pending: "…", unverifiable: "?", uncounted: "!" },
  by: (at: string, block: string) => `由这台设备于 ${at} 核验，读到区块 ${block}`,
  seal: ["核", "验", "一", "致"],
  sealLabel: "本机已核验一致",
};
