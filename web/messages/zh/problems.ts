/** What went wrong, and what to do about it. */
export type ProblemText = readonly [what: string, cure: string];

/** Failures that can meet one before any other text is loaded; all others are in refusals.ts. */
export const problems = {
  fallback: ["这件事没有办成", "请稍后再试；如果一直这样，请把错误代号告诉业委会。"] as ProblemText,
  byCode: {
    ServiceUnreachable: ["连不上服务", "请检查网络，然后再试一次。"],
    ServiceFault: ["服务出了故障", "请稍后再试。您没有做错什么。"],
    ServiceStopping: ["服务正在重启", "请过一分钟再试。"],
    InternalError: ["服务出了故障", "故障已经记录，请稍后再试。您没有做错什么。"],
    TooManyRequests: ["请求太频繁", "请等一分钟再试。"],
    AnswerNotUnderstood: [
      "服务的回答格式不对",
      "页面没有采用它。请刷新页面；仍然这样时请告诉业委会。",
    ],
    PageFault: ["页面出了错", "请刷新页面再试。"],
    CommunityNotFound: ["没有这个小区", "请核对网址，或从首页重新进入。"],
    CommunityNotReady: ["小区正在设立", "合约正在部署，请过一分钟再来。"],
    AssemblyMeetingUnknown: ["没有这次会议", "请核对网址，或从小区首页重新进入。"],
    RouteNotFound: ["没有这项内容", "页面可能太旧，请刷新后再试。"],
  } as Record<string, ProblemText>,
};
