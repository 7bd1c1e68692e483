export { meeting } from "./zh/meeting.ts";
export { notice } from "./zh/notice.ts";
export { talk } from "./zh/talk.ts";
