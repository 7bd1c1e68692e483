import type { Hex } from "viem";
import type { UsePlan } from "../../protocol/assembly/plan.ts";
import type { Db, Tx } from "../database/client.ts";
import type { Route } from "../http/route.ts";
import { RollAreas } from "./ballot/areas.ts";
import { VotingHours } from "./ballot/hours.ts";
import { KnownMeetings } from "./ballot/known.ts";
import { bulletinRoutes } from "./bulletin/routes.ts";
import { ballotRoutes } from "./ballot/routes.ts";
import { DEFAULT_ASSEMBLY_SETTINGS } from "./context.ts";
import type { AssemblyContext, AssemblySettings } from "./context.ts";
import { advanceCounts } from "./counting/job.ts";
import { registerCounting } from "./counting/settle.ts";
import { registerConvene } from "./meeting/convene.ts";
import type { PayeeDraft, PlanDraft } from "./meeting/draft.ts";
import { registerExtend } from "./meeting/extend.ts";
import { getMeeting } from "./meeting/find.ts";
import { getMotion } from "./meeting/motion.ts";
import type { MotionState } from "./meeting/motion.ts";
import { keepAccount, putPlanOfNow } from "./meeting/plan.ts";
import type { PlanInput } from "./meeting/plan.ts";
import { meetingRoutes } from "./meeting/routes.ts";
import { viewOwn } from "./own.ts";
import { registerPaper } from "./paper/seal.ts";
import { paperRoutes } from "./paper/routes.ts";
import { sealWaiting } from "./sealing/job.ts";
import { registerSealing } from "./sealing/settle.ts";
import { talkRoutes } from "./talk/routes.ts";
import { Worker } from "./worker.ts";

export type { AssemblySettings, MotionState, PayeeDraft, PlanDraft };
/** What people enter of money, of which the fund's routes ask too. */
export { payeeDraftSchema, planDraftSchema, recordText } from "./meeting/draft.ts";

export type AssemblyDeps = Omit<AssemblyContext, "areas" | "settings"> & {
  settings?: Partial<AssemblySettings> | undefined;
};

/** Meetings, ballots, their sealing and their count. */
export interface Assembly {
  routes: Route[];
  /** Throws AssemblyMeetingUnknown. */
  requireMeeting(communityId: string, number: number): Promise<void>;
  /** Throws AssemblyMeetingUnknown, or AssemblyMotionUnknown. */
  getMotion(
    db: Db | Tx,
    communityId: string,
    place: { meeting: number; motion: number },
  ): Promise<MotionState>;
  /** A plan without a meeting, as records say it; throws as a motion's would. */
  putPlan(tx: Tx, input: PlanInput): Promise<UsePlan>;
  /** Keeps an account's number and returns its hash, the same for the same number. */
  keepAccount(tx: Tx, account: { communityId: string; number: string }): Promise<Hex>;
  /** Seals what waits and takes every count one step further; for the demonstration, which does not wait. */
  step(): Promise<void>;
  /** Begins to seal and to count. */
  start(): void;
  /** Ends after the step in hand. */
  stop(): Promise<void>;
}

/** Registers its handlers at once: create it before the chain starts. */
export function createAssembly({ settings, ...deps }: AssemblyDeps): Assembly {
  const { db, registry, clock } = deps;
  const context: AssemblyContext = {
    ...deps,
    settings: { ...DEFAULT_ASSEMBLY_SETTINGS, ...settings },
    areas: new RollAreas(db, registry),
  };
  for (const register of HANDLERS) register(context);
  registry.addOwnerView({
    name: "votes",
    view: (communityId, voters) => viewOwn(context, communityId, voters),
  });
  const hours = new VotingHours(clock, context.settings.sealMarginSeconds);
  const step = async (): Promise<boolean> => {
    await sealWaiting(context, hours);
    return advanceCounts(context, hours);
  };
  const worker = new Worker(context, step);
  const onAccepted = (): void => worker.noteAccepted();
  return {
    routes: [
      ...meetingRoutes(context),
      ...ballotRoutes({ context, hours, meetings: new KnownMeetings(context) }, onAccepted),
      ...paperRoutes(context),
      ...talkRoutes(context),
      ...bulletinRoutes(context),
    ],
    async requireMeeting(communityId, number) {
      await getMeeting(db, communityId, number);
    },
    async step() {
      await step();
    },
    getMotion,
    putPlan: (tx, input) => putPlanOfNow(context, tx, input),
    keepAccount: (tx, account) => keepAccount(context, tx, account),
    start: () => worker.start(),
    stop: () => worker.stop(),
  };
}

const HANDLERS = [
  registerConvene,
  registerExtend,
  registerSealing,
  registerPaper,
  registerCounting,
];
