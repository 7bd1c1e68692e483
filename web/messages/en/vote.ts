import type { LaterMessages } from "../zh-later.ts";

export const vote: LaterMessages["vote"] = {
  title: "Vote",
  step: (n, count) => `Step ${n} of ${count}`,
  choose: "Choose one",
  chooseHint:
    "A press chooses and goes on; at the end you go over everything, and nothing is cast before you sign.",
  choices: { for: "For", against: "Against", abstain: "Abstain" },
  next: "Next",
  previous: "Back",
  change: "Change",
  review: "Check your choices",
  sign: "Sign and cast",
  signing: "Signing…",
  signedText: "Exactly this is what you sign:",
  asHeads: (heads, area) => `Your ballot counts ${heads} head and ${area}\u00a0m²`,
  notYet: "Not yet cast",
  sending: "Sending…",
  sealing: "Received; being sealed on chain…",
  cast: "Cast and recorded",
  sent: "Sent; promise not verified",
  unpromised: "The service’s signed promise could not be verified",
  unpromisedCure:
    "The ballot was sent and its receipt is kept on this device; save it as a file too. Check this ballot against the chain later; if it is not there, the receipt opens a dispute.",
  castText:
    "Your ballot is sealed on chain. Until closing nobody can read your choices there; after closing, come back and check that they were counted as you meant.",
  againText: "Until closing you can vote again.",
  conflict: {
    newestFirst: "Of several ballots, the last one counts.",
    oldestFirst: "Of several ballots, the first one counts.",
    paperFirst: "A paper ballot comes first; otherwise the last ballot counts.",
  },
  leave: "Leave without voting",
  needKey: "This device does not hold your signing key yet",
  needKeyCure: "Enrol with your invitation code first, or ask for a paper ballot.",
  notOpen: "Voting is not open",
  notOpenCure: "Ballots can be cast during the voting period only.",
  notBound: "Your key is not on the roll of this meeting yet",
  notBoundCure:
    "You can vote as soon as two officers have confirmed it. If it takes long, ask the registrar.",
  receipt: {
    title: "Ballot receipt",
    number: "Receipt number",
    kept: "The receipt is kept on this device. Better keep a file or a print as well.",
    secret:
      "The receipt contains your choices. Whoever holds it can see how you voted: keep it like a bank book.",
    save: "Save as a file",
    savePicture: "Save as a picture",
    otherDevice:
      "On another device: scan the QR code or the picture with it, or choose the saved file under “Check my ballot”.",
    qr: "Scan to check this ballot",
    showQr: "Show QR code (contains your choices)",
    hideQr: "Hide QR code",
    check: "Check this ballot",
    pending: "Being sealed, one moment…",
    sealedIn: (batch) => `Sealed in batch ${batch}`,
    none: "No receipt on this device",
    noneCure:
      "Receipts are kept on the device that voted; you can also choose a receipt file that you saved.",
    mine: "My receipts",
    answers: "My choices",
    show: "Show my choices",
    hide: "Hide",
  },
};
