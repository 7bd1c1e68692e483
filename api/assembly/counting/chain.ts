import type { Address } from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { ORIGINS, OUTCOMES } from "../../../protocol/anchor/record/assembly.ts";
import { fromTallyWord } from "../../../protocol/assembly/tally.ts";
import type { AssemblyContext } from "../context.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import type { MotionCount } from "./result.ts";

interface Contract {
  abi: typeof assemblyAbi;
  address: Address;
}

async function contractOf(
  context: AssemblyContext,
  { communityId }: ConvenedMeeting,
): Promise<Contract> {
  const { assembly } = await context.registry.getCommunity(context.db, communityId);
  return { abi: assemblyAbi, address: assembly };
}

/** A meeting as the chain keeps it: how many batches, how far the count. */
export async function readMeeting(context: AssemblyContext, meeting: ConvenedMeeting) {
  const contract = await contractOf(context, meeting);
  return context.chain.client.readContract({
    ...contract,
    functionName: "getMeeting",
    args: [BigInt(meeting.number)],
  });
}

/** The batch whose turn it is; undefined when none is left. */
export async function readNextBatch(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<number | undefined> {
  const contract = await contractOf(context, meeting);
  const [any, batch] = await context.chain.client.readContract({
    ...contract,
    functionName: "nextBatch",
    args: [BigInt(meeting.number)],
  });
  return any ? Number(batch) : undefined;
}

/** The tallies and outcomes of a concluded meeting. */
export async function readCounts(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<MotionCount[]> {
  const contract = await contractOf(context, meeting);
  const { client } = context.chain;
  const number = BigInt(meeting.number);
  const readMotion = async (motion: bigint): Promise<MotionCount> => {
    const outcome = await client.readContract({
      ...contract,
      functionName: "outcome",
      args: [number, motion],
    });
    const words = await Promise.all(
      ORIGINS.map((_origin, origin) =>
        client.readContract({ ...contract, functionName: "tally", args: [number, motion, origin] }),
      ),
    );
    return { outcome: OUTCOMES[outcome]!, tallies: words.map(fromTallyWord) };
  };
  return Promise.all(meeting.items.map((_item, motion) => readMotion(BigInt(motion))));
}
