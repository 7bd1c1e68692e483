import type { Officer } from "../officers.ts";
import type { Claim, Disbursement, Work } from "./works.ts";

/** What is to be done by somebody. */
export const TASKS = [
  "motion",
  "plan",
  "contract",
  "reserve",
  "claim",
  "judge",
  "approve",
  "audit",
  "publication",
  "settle",
] as const;
export type Task = (typeof TASKS)[number];

/** What is waited for: two signatures, the chain, or the owners. */
type Wait = "sign" | "chain" | "vote" | "notAdopted" | "final";

/** A project's next step, and whose it is. */
export interface Next {
  readonly what: Task | Wait;
  /** None where nobody can hasten it. */
  readonly roles: readonly string[];
  readonly milestone?: number;
  readonly claim?: Claim;
}

const COMMITTEE = ["committee"];
const BOTH = ["registrar", "committee"];
const APPROVERS = ["approver"];

const wait = (what: Wait): Next => ({ what, roles: what === "sign" ? BOTH : [] });
const committee = (what: Task): Next => ({ what, roles: COMMITTEE });

interface Acts {
  readonly kinds: readonly string[];
  readonly claim?: string;
}

/** What two officers were asked to sign and is not done yet. */
function findWaiting({ acts }: Disbursement, { kinds, claim }: Acts): "sign" | "chain" | undefined {
  const act = acts.find(
    ({ kind, state, claim: own }) =>
      kinds.includes(kind) && own === claim && (state === "proposed" || state === "sending"),
  );
  return act && (act.state === "proposed" ? "sign" : "chain");
}

const RESERVE = { kinds: ["reserve", "reserveEmergency"] };
const SETTLE = { kinds: ["settleReservation"] };

/** By what right money may be used; undefined once that is known. */
function nextGround({ story }: Work): Next | undefined {
  const { route, motion, plan } = story;
  if (route === "emergency") return plan ? undefined : committee("plan");
  if (!motion) return committee("motion");
  const isRefused = motion.outcome !== undefined && motion.outcome !== "Adopted";
  return isRefused ? wait("notAdopted") : undefined;
}

function nextBefore(work: Work, now: number): Next {
  const ground = nextGround(work);
  if (ground) return ground;
  const { glance, motion } = work.story;
  if (glance.contracted === undefined) return committee("contract");
  if (motion && motion.outcome === undefined) return wait("vote");
  if (motion && (motion.finalAt ?? Infinity) > now) return wait("final");
  const waiting = findWaiting(work.disbursement, RESERVE);
  return waiting ? wait(waiting) : { what: "reserve", roles: BOTH };
}

/** The last claim of a milestone that still counts. */
export function findClaim({ disbursement }: Work, milestone: number): Claim | undefined {
  const own = disbursement.claims.findLast((claim) => claim.milestone === milestone);
  return own && ["rejected", "withdrawn", "refused"].includes(own.state) ? undefined : own;
}

function nextOfClaim({ disbursement }: Work, claim: Claim): Next | undefined {
  const { milestone, state, id } = claim;
  const kinds = ["judgeClaim", "withdrawClaim"];
  const waiting = findWaiting(disbursement, { kinds, claim: id });
  if (waiting) return { ...wait(waiting), milestone };
  if (state === "paid") return undefined;
  if (state === "submitted") return { what: "judge", roles: BOTH, milestone, claim };
  if (state === "accepted") return { what: "approve", roles: APPROVERS, milestone, claim };
  return { ...wait("chain"), milestone };
}

function nextOfMilestones(work: Work): Next[] {
  const found: Next[] = [];
  for (const { milestone } of work.story.milestones) {
    const claim = findClaim(work, milestone);
    if (!claim) return [...found, { what: "claim", roles: COMMITTEE, milestone }];
    const next = nextOfClaim(work, claim);
    if (next) found.push(next);
  }
  return found;
}

/** Once everything is paid: what is shown to the owners before it is settled. */
function nextAtEnd({ story, disbursement }: Work): Next {
  const waiting = findWaiting(disbursement, SETTLE);
  if (waiting) return wait(waiting);
  if (story.route === "emergency") {
    if (!story.story.some(({ type }) => type === "projectAudit")) return committee("audit");
    if (!story.published) return committee("publication");
  }
  return { what: "settle", roles: BOTH };
}

/** What is next in a project, seen from `now` (Unix seconds); nothing once it is settled. */
export function nextOf(work: Work, now: number): readonly Next[] {
  if (work.story.stage === "settled") return [];
  if (!work.disbursement.reservation) return [nextBefore(work, now)];
  const open = nextOfMilestones(work);
  return open.length > 0 ? open : [nextAtEnd(work)];
}

/** Why a step is not this officer's to take; undefined where it is. */
export function whyNotOf(
  { roles, claim }: Pick<Next, "roles" | "claim">,
  officer: Officer,
): "role" | "author" | "approved" | undefined {
  if (claim?.author === officer.id) return "author";
  if (!roles.some((role) => officer.roles.includes(role))) return "role";
  const isGiven = claim?.approvals.some(({ officer: given }) => given === officer.id);
  return isGiven ? "approved" : undefined;
}

const TASK_NAMES: ReadonlySet<string> = new Set(TASKS);

/** How many steps of all these projects are this officer's to take. */
export function countTasks(works: readonly Work[], officer: Officer, now: number): number {
  const all = works.flatMap((work) => nextOf(work, now));
  return all.filter((next) => TASK_NAMES.has(next.what) && whyNotOf(next, officer) === undefined)
    .length;
}
