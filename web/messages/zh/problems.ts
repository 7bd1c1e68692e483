/** What went wrong, and what to do about it, by the code that the service or the page gave. */
export interface ProblemText {
  readonly what: string;
  readonly cure: string;
}

export const problems = {
  fallback: {
    what: "服务没有办成这件事",
    cure: "请稍后再试；如果一直这样，请把错误代号告诉业委会。",
  },
  byCode: {
    ServiceUnreachable: { what: "连不上服务", cure: "请检查网络，然后再试一次。" },
    ServiceFault: { what: "服务出了故障", cure: "请稍后再试。您没有做错什么。" },
    AnswerNotUnderstood: {
      what: "服务的回答格式不对",
      cure: "页面没有采用它。请刷新页面；仍然这样时请告诉业委会。",
    },
    PageFault: { what: "页面出了错", cure: "请刷新页面再试。" },
    BrowserMemoryRefused: {
      what: "浏览器不允许保存数据",
      cure: "请退出无痕模式，或换一个浏览器再登记。",
    },
    SigningDeclined: { what: "没有签名", cure: "您取消了签名，什么也没有送出。可以重新来过。" },
  } as Record<string, ProblemText>,
};
