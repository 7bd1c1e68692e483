import { useQueryClient } from "../service/query.ts";
import { useState } from "react";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { Problem } from "../service/problem.ts";
import { logIn } from "../signing/session.ts";
import type { Signer } from "../signing/signer.ts";
import {
  findReceipt,
  sendBallot,
  signBallot,
  type Seat,
  type SheetDomain,
  type SignedBallot,
} from "./cast.ts";
import { keepBallot, type KeptBallot } from "./kept-ballot.ts";
import type { Meeting } from "./meeting.ts";

/** `sent`: it is in and sealed, and what the service promised for it could not be verified. */
export type CastPhase = "choosing" | "signing" | "sending" | "sealing" | "sent" | "cast";

export interface Booth {
  readonly community: string;
  readonly meeting: Meeting;
  readonly domain: SheetDomain;
  readonly seat: Seat;
  readonly signer: Signer;
}

const POLL_MILLISECONDS = 1000;

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));

async function waitForReceipt(ballot: KeptBallot): Promise<KeptBallot> {
  for (;;) {
    const receipt = await findReceipt(ballot.community, ballot.ballot);
    if (receipt) return { ...ballot, receipt };
    await wait();
  }
}

/** A wallet that returns to an earlier vote signs the very same ballot: then it logs in, to show that it is its holder. */
async function handIn({ community, signer }: Booth, ballot: SignedBallot): Promise<SignedBallot> {
  try {
    return await sendBallot(community, ballot);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "BallotReplaced") throw error;
    await logIn(signer);
    return sendBallot(community, ballot);
  }
}

/** The verifier's own part is fetched only by whoever votes; out of reach, it has verified nothing. */
async function checkPromise({ community }: Booth, ballot: SignedBallot): Promise<boolean> {
  try {
    const { isPromised } = await import("./promise-check.ts");
    return await isPromised(community, ballot);
  } catch {
    return false;
  }
}

interface Cast {
  readonly ballot: KeptBallot;
  readonly isPromised: boolean;
}

async function castAt(
  booth: Booth,
  answers: readonly SignedAnswer[],
  onPhase: (phase: CastPhase) => void,
): Promise<Cast> {
  const { community, meeting, domain, seat, signer } = booth;
  onPhase("signing");
  const signed = await signBallot(signer, { domain, meeting: meeting.number, answers }, seat);
  onPhase("sending");
  const taken = await handIn(booth, signed);
  const accepted: KeptBallot = {
    community,
    meeting: meeting.number,
    title: meeting.title,
    motions: meeting.motions.map(({ title }) => title),
    leaf: signed.leaf,
    ballot: taken,
    castAt: Math.floor(Date.now() / 1000),
    receipt: undefined,
  };
  await keepBallot(accepted);
  onPhase("sealing");
  const [ballot, isPromised] = await Promise.all([
    waitForReceipt(accepted),
    checkPromise(booth, taken),
  ]);
  await keepBallot(ballot);
  return { ballot, isPromised };
}

interface Casting {
  readonly phase: CastPhase;
  readonly ballot: KeptBallot | undefined;
  readonly error: unknown;
}

/** Signs, sends and waits for the seal; nothing is called cast before receipt and promise are here. */
export function useCast(booth: Booth): Casting & { cast(answers: readonly SignedAnswer[]): void } {
  const queries = useQueryClient();
  const [casting, setCasting] = useState<Casting>({
    phase: "choosing",
    ballot: undefined,
    error: undefined,
  });
  const onPhase = (phase: CastPhase): void =>
    setCasting({ phase, ballot: undefined, error: undefined });
  const cast = (answers: readonly SignedAnswer[]): void => {
    castAt(booth, answers, onPhase).then(
      ({ ballot, isPromised }) => {
        setCasting({ phase: isPromised ? "cast" : "sent", ballot, error: undefined });
        void queries.invalidateQueries({ queryKey: ["kept-ballot"] });
        void queries.invalidateQueries({ queryKey: ["meeting"] });
      },
      (error: unknown) => setCasting({ phase: "choosing", ballot: undefined, error }),
    );
  };
  return { ...casting, cast };
}
