import type { LaterMessages } from "../zh-later.ts";

export const keys: LaterMessages["keys"] = {
  passkeyName: (community: string) => `${community} owner`,
  ways: {
    passkey: "Enrol with a passkey (recommended)",
    device: "Enrol this device",
    wallet: "Enrol with a wallet",
  },
  wayHints: {
    passkey:
      "Protected by your fingerprint, face or screen lock. The phone asks twice: once to create it, once to confirm. On most phones it moves along with your account.",
    device:
      "The key stays in this browser and cannot be exported. Clearing the browser’s data loses it; you then enrol again at the desk.",
    wallet: "For owners who already use an Ethereum wallet.",
  },
  takeUp: {
    title: "I have enrolled a passkey already",
    hint: "Another browser, or its data were cleared? The passkey is still in your phone or account; no need to enrol again.",
    button: "Use my passkey",
  },
  signIn: {
    title: "Please confirm that it is you",
    hint: "Sign in once with your enrolled key to see your units and your voter number.",
    buttons: {
      passkey: "Sign in with the passkey",
      device: "Sign in with this device",
      wallet: "Sign in with the wallet",
    },
  },
  unknown: [
    "The key of this device is not on the roll",
    "It may not have been confirmed yet, may have been revoked, or its enrolment failed. Ask the committee or the residents’ committee for a new code and enrol again below.",
  ],
  roll: (n) => `Roll no. ${n}`,
  earlierRolls: (n) => `Earlier rolls: ${n}`,
  number: "Key number",
  numberHint: "At the desk you will be asked to read this number out, to compare it with theirs.",
  lost: {
    title: "Lost the key, or a new phone",
    steps: [
      "Go to the desk of the residents’ committee or the committee with your identity card.",
      "The old key is revoked (two officers sign, visible on chain) and you get a new code.",
      "Enter the new code below to create a new key. You may vote again with it.",
    ],
  },
  history: {
    title: "Record of my keys",
    hint: "Who confirmed or revoked a key of yours, and when; it is on chain too. If you see a key that you do not know, tell the residents’ committee at once.",
    states: { waiting: "Waiting", bound: "Valid", revoked: "Revoked" },
    enrolled: "Handed in",
    carried: "Taken over from the roll before",
    bound: "Entered in the roll",
    revoked: "Revoked",
    reason: "Reason",
    here: "(this device)",
    by: (names: string) => `(signed by ${names})`,
    and: " and ",
  },
  inApp: {
    title: (app: string) => `This page is open inside ${app}`,
    why: "A key made here may be cleared by the app, and passkeys seldom work in it. Better use the phone’s own browser:",
    names: { wechat: "WeChat", dingtalk: "DingTalk", alipay: "Alipay", weibo: "Weibo", qq: "QQ" },
    steps: {
      wechat: ["Tap “…” in the top right corner.", "Choose “Open in browser” (or in Safari)."],
      dingtalk: ["Tap “…” in the top right corner.", "Choose “Open in browser”."],
      alipay: [
        "Tap “…” in the top right corner.",
        "Choose “Open in browser”; where that is missing, copy the address below into your browser.",
      ],
      weibo: ["Tap “…” in the top right corner.", "Choose “Open in browser”."],
      qq: ["Tap “…” or the menu in the top right corner.", "Choose “Open in browser”."],
    },
    copy: "Copy this page’s address",
    copied: "Copied; paste it into your browser’s address bar",
    goOn: "You may also go on here: then vote soon after you have enrolled.",
  },
  enrol: {
    title: "Enrol my signing key",
    intro:
      "Enrol once, with the invitation code from your residents’ committee. From then on the key in your own device signs your ballots; nobody else can, this service included.",
    steps: ["Invitation code", "Create key", "Two officers confirm", "Ready to vote"],
    code: "Invitation code",
    codeHint: "Printed on your invitation. Capitals and dashes do not matter.",
    codeMissing: "Enter your invitation code",
    working: "Enrolling…",
    waiting: "Enrolled, waiting for confirmation",
    waitingText:
      "The registrar and a second officer each check and sign before your key enters the roll. This page updates by itself; you may leave it.",
    bound: "Your key is on the roll",
    boundText: "Each item below was checked by this device against the chain.",
    voter: "My voter number",
    voterHint: "A random number; it does not tell which flat.",
    units: "My units",
    unit: "Unit",
    total: "Total area",
    checks: {
      lines: "Each of my units is in the frozen roll",
      area: "My area on the roll is the sum of my units",
      key: "The key on the roll is the key of this device",
    },
    paper: "No phone? Ask the committee for a paper ballot; it counts the same.",
    demo: "Demonstration: try it as one of the owners",
    demoHint:
      "These owners are invented and anybody may use their keys. Choose one to vote, get a receipt and check it.",
  },
};
