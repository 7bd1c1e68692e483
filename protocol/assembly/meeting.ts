import type { Hex } from "viem";
import { type SigningDomain, eip712Domain } from "../registry/messages.ts";

const CONVENE_TYPES = {
  Convene: [
    { name: "roll", type: "uint256" },
    { name: "record", type: "bytes32" },
    { name: "items", type: "uint8[]" },
    { name: "plans", type: "bytes32[]" },
    { name: "opensAt", type: "uint64" },
    { name: "closesAt", type: "uint64" },
    { name: "noticeSeconds", type: "uint32" },
    { name: "paperSeconds", type: "uint32" },
    { name: "revealSeconds", type: "uint32" },
    { name: "objectionSeconds", type: "uint32" },
    { name: "conflict", type: "uint8" },
    { name: "invalidParticipates", type: "bool" },
  ],
} as const;

const EXTEND_TYPES = {
  Extend: [
    { name: "meeting", type: "uint256" },
    { name: "closesAt", type: "uint64" },
    { name: "record", type: "bytes32" },
  ],
} as const;

const SEAL_TYPES = {
  Seal: [
    { name: "meeting", type: "uint256" },
    { name: "leaf", type: "bytes32" },
    { name: "nonce", type: "uint256" },
  ],
} as const;

const PAPER_BATCH_TYPES = {
  PaperBatch: [
    { name: "meeting", type: "uint256" },
    { name: "root", type: "bytes32" },
    { name: "count", type: "uint16" },
  ],
} as const;

/** What a registrar and a committee officer sign to convene; times in Unix seconds, `conflict` by number. */
export type ConveneMessage = {
  roll: bigint;
  record: Hex;
  items: readonly number[];
  /** The hash of each motion's plan, zero where it has none. */
  plans: readonly Hex[];
  opensAt: bigint;
  closesAt: bigint;
  noticeSeconds: number;
  paperSeconds: number;
  revealSeconds: number;
  objectionSeconds: number;
  conflict: number;
  invalidParticipates: boolean;
};

/** The typed data of a convocation. */
export function conveneTypedData(domain: SigningDomain, message: ConveneMessage) {
  return {
    domain: eip712Domain(domain),
    types: CONVENE_TYPES,
    primaryType: "Convene",
    message,
  } as const;
}

/** What both roles sign to extend the window. */
export type ExtendMessage = { meeting: bigint; closesAt: bigint; record: Hex };

/** The typed data of an extension. */
export function extendTypedData(domain: SigningDomain, message: ExtendMessage) {
  return {
    domain: eip712Domain(domain),
    types: EXTEND_TYPES,
    primaryType: "Extend",
    message,
  } as const;
}

/** What an owner signs to seal a single leaf without any relayer; `nonce` is how often he has in this meeting. */
export type SealMessage = { meeting: bigint; leaf: Hex; nonce: bigint };

/** The typed data of an owner's own seal. */
export function sealTypedData(domain: SigningDomain, message: SealMessage) {
  return { domain: eip712Domain(domain), types: SEAL_TYPES, primaryType: "Seal", message } as const;
}

/** What two tellers sign over a batch of paper ballots. */
export type PaperBatchMessage = { meeting: bigint; root: Hex; count: number };

/** The typed data of a paper batch. */
export function paperBatchTypedData(domain: SigningDomain, message: PaperBatchMessage) {
  return {
    domain: eip712Domain(domain),
    types: PAPER_BATCH_TYPES,
    primaryType: "PaperBatch",
    message,
  } as const;
}

/** 公告 announced, 表决 voting, 收纸质票 paper, 计票 counting, 询异 preliminary, 生效 final. */
export type Stage = "announced" | "voting" | "paper" | "counting" | "preliminary" | "final";

/** What a stage depends on; `concludedAt` once the chain has concluded the meeting. Unix seconds. */
export type StageTimes = {
  opensAt: number;
  closesAt: number;
  paperSeconds: number;
  objectionSeconds: number;
  concludedAt?: number | undefined;
};

/** The stage of a meeting at a time, which for what the contract does is the block's time. */
export function stageAt(times: StageTimes, now: number): Stage {
  if (now < times.opensAt) return "announced";
  if (now < times.closesAt) return "voting";
  if (times.concludedAt !== undefined) {
    return now < times.concludedAt + times.objectionSeconds ? "preliminary" : "final";
  }
  return now < times.closesAt + times.paperSeconds ? "paper" : "counting";
}
