export { meeting } from "./en/meeting.ts";
export { notice } from "./en/notice.ts";
export { talk } from "./en/talk.ts";
