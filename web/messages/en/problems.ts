import type { Messages } from "../zh.ts";

export const problems: Messages["problems"] = {
  fallback: {
    what: "The service could not do this",
    cure: "Try again later; if it stays like this, tell the committee the error code.",
  },
  byCode: {
    ServiceUnreachable: {
      what: "The service cannot be reached",
      cure: "Check your connection and try again.",
    },
    ServiceFault: {
      what: "The service has a fault",
      cure: "Try again later. It is not your mistake.",
    },
    AnswerNotUnderstood: {
      what: "The service’s answer has another form than it should",
      cure: "The page did not use it. Reload; if it stays, tell the committee.",
    },
    PageFault: { what: "The page has a fault", cure: "Reload the page and try again." },
    BrowserMemoryRefused: {
      what: "The browser does not let the page keep data",
      cure: "Leave private browsing or use another browser to enrol.",
    },
    SigningDeclined: {
      what: "Nothing was signed",
      cure: "You declined to sign and nothing was sent. You can start again.",
    },
  },
};
