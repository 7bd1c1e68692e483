import type { Messages } from "../zh.ts";

export const shell: Messages["shell"] = {
  product: "Mingzhang",
  motto: "Every vote and every yuan, checked by the owners themselves",
  skip: "Skip to content",
  home: "Home",
  language: "中文",
  languageLabel: "Switch language / 切换为中文",
  textSize: "Text size",
  textSizes: { a: "normal", aa: "large", aaa: "largest" },
  demonstration: "Demonstration: people, ballots and dates are invented and have no effect.",
  loading: "Loading…",
  offline:
    "You are offline. What you have seen stays readable; the page catches up when you are back.",
  keptFrom: (at) => `Shown is what was kept ${at}.`,
  comparedHead: (at, n) =>
    `Head of the public record that this device compared ${at} (${n} records):`,
  retry: "Try again",
  back: "Back",
  notFound: "There is no such page",
  notFoundCure: "The address may be mistyped, or the page has moved.",
  problem: "That did not work",
  code: (code) => `Error code ${code}`,
  navigation: "Main navigation",
  checkBallot: "Check my ballot",
  officers: "Officers",
  chain: {
    embedded: (block) =>
      `Chain in use: the one inside this service (block ${block}), run by one operator. It proves that records agree with each other. Against the operator itself it needs witnesses: the log heads kept in owners’ browsers, and their receipts.`,
    external: (block, id) =>
      `Chain in use: an external blockchain (chain ${id}, block ${block}). What is recorded there cannot be changed by this service either.`,
    unknown: "Finding out which chain is in use…",
  },
  print: "Print",
  codeTooLong: "Too long for a QR code; save it as a file.",
  headPrinted: "Head of the public record when printed",
  details: "Technical details",
  none: "none",
  colon: ": ",
  gap: " ",
  of: (total) => `of ${total}`,
  heads: "Heads",
  area: "Area",
  headsUnit: "heads",
  areaUnit: "m²",
  headsColumn: "Heads",
  areaColumn: "Area (m²)",
};
