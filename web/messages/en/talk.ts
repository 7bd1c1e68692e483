import type { LaterMessages } from "../zh-later.ts";

export const talk: LaterMessages["talk"] = {
  title: "Questions in public",
  intro:
    "Owners ask and object here, the committee and the registrar answer. Everybody sees it, and nobody can change or delete it.",
  said: "Asked and objected so far",
  none: "Nobody has asked yet.",
  ask: "Ask a question",
  what: "What I write is",
  kinds: { question: "Question", objection: "Objection" },
  text: { question: "Your question", objection: "Your objection and its reasons" },
  send: { question: "Ask in public", objection: "Object in public" },
  publicHint:
    "It is public at once and cannot be taken back; nobody is told who wrote it. Please leave out names, telephone numbers, flats and whatever else would identify a person.",
  tooLong: (n) => `At most ${n} characters.`,
  published: (record) => `Public, record ${record}`,
  ownersOnly: "Owners on the roll can ask. This device does not hold your signing key yet.",
  unanswered: "Waiting for an answer",
  answeredBy: (office) => `Answer of ${office}`,
  redacted:
    "Two officers have redacted this text because it identified a person; the public record says why.",
  record: (n) => `Record ${n}`,
  desk: {
    intro: "An answer is public, in the name of your office, and cannot be taken back.",
    answer: "Your answer",
    send: "Answer in public",
    none: "No question is waiting for an answer.",
    open: "Waiting for an answer",
    done: "Answered",
  },
};
