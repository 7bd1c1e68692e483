import type { Hex } from "viem";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import { redactTypedData } from "../../../protocol/anchor/redaction.ts";
import type { TestMeeting } from "./meeting.ts";
import { OFFICERS } from "./roll.ts";

/** Publishes that two officers had what stands behind the sealed contact of a meeting deleted. */
export async function redactContact({ community, contact }: TestMeeting): Promise<void> {
  const { chainId, registry: contract } = community.info;
  const record = community.texts.findIndex((text) => text.includes('"type":"meeting"'));
  const leaf = recordLeaf(new TextEncoder().encode(community.texts[record]));
  const { sealed } = contact as { sealed: Hex };
  const message = { record: leaf, path: "/contact", field: sealed, reason: "asked for it" };
  const signed = community.attest(redactTypedData({ chainId, contract }, message), OFFICERS);
  const by = signed.map(({ signer, signature }, i) => {
    return { office: `office ${i}`, role: OFFICERS[i], signer, signature };
  });
  const { path, reason } = message;
  community.publish({ type: "redaction", record, leaf, path, sealed, reason, by });
  await community.anchor();
}
