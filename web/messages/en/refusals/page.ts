import type { pageRefusals as chinese } from "../../zh/refusals/page.ts";
import type { ProblemText } from "../../zh/problems.ts";

const REPORT = "Tell the committee the error code.";

export const pageRefusals: Record<keyof typeof chinese, ProblemText> = {
  BrowserMemoryRefused: [
    "The browser does not let the page keep data",
    "Leave private browsing, or use another browser.",
  ],
  SigningDeclined: [
    "Nothing was signed",
    "You declined to sign and nothing was sent. You can start again.",
  ],
  PictureNotDrawn: [
    "This browser cannot make a picture",
    "Save a file instead, or print the receipt.",
  ],
  OwnerKeyMissing: [
    "This device does not hold your signing key",
    "Enrol with your invitation code first.",
  ],
  WalletMissing: ["No wallet was found", "Open your wallet extension, or use this device’s key."],
  WalletFault: ["The wallet did not sign", "Unlock the wallet and try again."],
  SettingsPercentInvalid: ["Not a percentage", "From 0 to 100, with one decimal at most."],
  PasskeyNotUsed: [
    "The passkey was not used",
    "You cancelled, it took too long, or this device has no such passkey of this site. Nothing was sent; try again. If it keeps failing, use one of the other ways below or enrol again at the desk.",
  ],
  PasskeyNotPossible: [
    "Passkeys do not work here",
    "Set a screen lock, fingerprint or face on your phone and update the browser; or use the key of this device.",
  ],
  PasskeyAddressWrong: [
    "Passkeys do not work at this address",
    "Open the page at the service’s own address, which begins with https.",
  ],
  PasskeyKnown: ["This passkey is enrolled already", "Sign in with it."],
  PasskeyFault: ["The passkey did not finish", "Try again, or use the key of this device."],
  PasskeyFormUnusual: [
    "This passkey signs in a way that cannot be accepted",
    "It did not verify you, or a password manager departs from the standard. Use the passkey of your phone itself, or enrol the key of this device.",
  ],
  PasskeyUnknown: [
    "This passkey is not on the roll",
    "It may still wait for confirmation, may have been revoked, or belong to another community. Enrol with a new code.",
  ],
  PasskeySiteDiffers: [
    "The signature comes from another site",
    "Sign in again at the service’s own address.",
  ],
  ConnectionNotSecure: [
    "The connection is not secure, so the browser makes no keys",
    "Open this page at its address beginning with https.",
  ],
  DocumentDiffers: [
    "The document differs from the one announced and is not shown",
    "Keep a picture of this page and tell the residents’ committee.",
  ],
  ReceiptMalformed: [
    "This is not a receipt",
    "Choose the file that you saved after voting, or scan the code again.",
  ],
  ReceiptDiffers: [
    "The service’s receipt is not of the ballot that you signed",
    "Keep a picture and tell the residents’ committee; you can vote on paper.",
  ],
  BundleMalformed: [
    "This is no evidence file, or it is incomplete",
    "Download it again, or ask for a complete copy.",
  ],
  NodeUnreachable: [
    "The chain cannot be read",
    "Check the connection and the node’s address. The browser lets this page reach only nodes that the service names; the command line can use any.",
  ],
  RecountFault: ["The recount broke off", "Close other programs and try again, or use a computer."],
  RollNotOnChain: ["The roll is not on chain", "Keep a picture and tell the residents’ committee."],
  ProposalForeign: [
    "What you should sign is not for this community’s contracts",
    "Do not sign, and tell the other officers at once.",
  ],
  InputInvalid: ["Something was filled in wrongly", "Check what you entered and try again."],
  BodyMalformed: ["What was sent cannot be read", "Reload the page and try again."],
  BodyTooLarge: ["That is too long", "Shorten it and try again."],
  FileMissing: ["No file arrived", "Choose the file again."],
  FileTooLarge: ["The file is too large", "Compress or split it."],
  FileKindDiffers: ["The file is not what its name says", "Give it the ending of its kind."],
  FileKindNotAllowed: ["This kind of file is not accepted", "Use one of the kinds named."],
  OriginNotAllowed: ["Not from this address", "Open the page at the service’s own address."],
  LoginRequired: ["Sign in first", "Sign in and try again."],
  ChallengeUnknown: ["The sign-in is no longer valid", "Sign in again."],
  ChallengeExpired: ["The sign-in took too long", "Sign in again within five minutes."],
  SignatureInvalid: ["The signature does not verify", "Use the key that you enrolled."],
  OperatorTokenRequired: ["Only the operator may do this", "Use the operator’s token."],
  RoleRequired: ["This is not among your duties", "Sign in as an officer with that role."],
  OwnerRequired: ["This key is not enrolled", "Enrol it with your invitation code first."],
  IdempotencyKeyReused: ["The same request with other content", "Reload the page and try again."],
  IdempotencyInProgress: ["The last request is still running", "Wait a moment and look again."],
  FieldNotSealed: ["This field of the record is not sealed", "Choose one that can be deleted."],
  InspectionTooSoon: [
    "It was inspected just now",
    "See the verdict above; in a minute you can ask again.",
  ],
  FieldRedacted: ["This field has been deleted already", "Nothing is left to be done."],
  RecordTooLarge: [
    "What is to be published is too long for one record",
    "Put long texts and lists into a document, and refer to it.",
  ],
  CheckpointNotFound: [
    "There is no signed head of the log of this size yet",
    "Wait until the next head is anchored.",
  ],
  TileNotFound: ["The log has no such tile", "Ask for tiles of a signed checkpoint only."],
  RecordNotFound: ["There is no such record", "Check the number."],
  LogSizeUnknown: ["The record is not that long yet", "Reload the page and try again."],
  DocumentNotFound: ["There is no such document", "Ask whoever called the meeting."],
  CloneArgumentsTooLong: ["The contract refused the data", REPORT],
  FailedDeployment: ["Storing on chain failed", REPORT],
  InsufficientBalance: ["The account on chain lacks funds", REPORT],
  InvalidShortString: ["The contract refused a text", REPORT],
  StringTooLong: ["The contract refused a long text", REPORT],
  AnchorHeadNotLarger: ["The head of the record did not grow", REPORT],
  AnchorHistoryDiffers: [
    "The record contradicts what is on chain",
    "Stop, and tell the residents’ committee: something was changed or is missing.",
  ],
  AnchorNotRelayer: ["The sender may not anchor heads", REPORT],
  AnchorProofLengthInvalid: ["The proof of the head is incomplete", REPORT],
  AnchorRootDiffers: ["The proof of the head does not fit", REPORT],
};
