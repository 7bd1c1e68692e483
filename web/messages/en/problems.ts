import type { Messages } from "../zh.ts";

export const problems: Messages["problems"] = {
  fallback: [
    "That did not work",
    "Try again later; if it stays like this, tell the committee the error code.",
  ],
  byCode: {
    ServiceUnreachable: ["The service cannot be reached", "Check your connection and try again."],
    ServiceFault: ["The service has a fault", "Try again later. It is not your mistake."],
    ServiceStopping: ["The service is restarting", "Try again in a minute."],
    InternalError: [
      "The service has a fault",
      "It has been logged. Try again later; it is not your mistake.",
    ],
    TooManyRequests: ["Too many requests", "Wait a minute and try again."],
    AnswerNotUnderstood: [
      "The service’s answer has another form than it should",
      "The page did not use it. Reload; if it stays, tell the committee.",
    ],
    PageFault: ["The page has a fault", "Reload the page and try again."],
    CommunityNotFound: ["There is no such community", "Check the address, or start from home."],
    CommunityNotReady: [
      "The community is being set up",
      "Its contracts are being deployed; come back in a minute.",
    ],
    AssemblyMeetingUnknown: [
      "There is no such meeting",
      "Check the address, or start from the community’s page.",
    ],
    RouteNotFound: ["There is nothing here", "The page may be too old: reload and try again."],
  },
};
