import type { BookForm } from "../../protocol/fund/export/form.ts";
import type { FundFlagAnswer } from "../database/generated/client.ts";
import type { Route } from "../http/route.ts";
import { createBankDesk } from "./bank/desk.ts";
import type { BankDesk } from "./bank/desk.ts";
import { bankRoutes } from "./bank/routes.ts";
import { getEntry } from "./books/find.ts";
import { booksRoutes, createBooksDesk } from "./books/desk.ts";
import type { BooksDesk } from "./books/desk.ts";
import type { FundContext } from "./context.ts";
import { Adoption } from "./disbursement/adopt.ts";
import { registerDisbursement } from "./disbursement/desk.ts";
import type { RaiseIn } from "./disbursement/pay.ts";
import { disbursementRoutes } from "./disbursement/routes.ts";
import { readPeriod, writePeriod } from "./export/read.ts";
import { exportRoutes } from "./export/routes.ts";
import { bankFlagInputs, entryFlagInputs } from "./flag/inputs.ts";
import type { FlagSource } from "./flag/inputs.ts";
import { answerFlag } from "./flag/answer.ts";
import type { NewAnswer } from "./flag/answer.ts";
import { raiseFlags, raiseFlagsIn } from "./flag/raise.ts";
import { flagRoutes } from "./flag/routes.ts";
import { FundJob } from "./job.ts";
import { projectFlagInputs } from "./project/flags.ts";
import { getProjectRow } from "./project/step.ts";
import { projectRoutes } from "./project/routes.ts";

export type FundDeps = Omit<FundContext, "random"> & { random?: FundContext["random"] | undefined };

/** Books, bank, flags, projects and payments of a community's two funds. */
export interface Fund extends BooksDesk {
  routes: Route[];
  bank: BankDesk;
  /** Applies the formulas of all flags and publishes what is new; returns how many. */
  raiseFlags(communityId: string): Promise<number>;
  /** The committee's public word on a flag. */
  answerFlag(answer: NewAnswer): Promise<FundFlagAnswer>;
  /** Throws ProjectNotFound. */
  requireProject(communityId: string, number: number): Promise<void>;
  /** Throws PeriodNotFound where no such period is closed. */
  requirePeriod(communityId: string, number: number): Promise<void>;
  /** Throws EntryNotFound. */
  requireEntry(communityId: string, number: number): Promise<void>;
  /** A closed period's books as they are given out. Throws PeriodNotFound. */
  exportPeriod(
    communityId: string,
    wanted: { number: number; form: BookForm },
  ): Promise<Uint8Array>;
  /** Takes up payments that others brought to the chain; done every few seconds too. */
  adopt(): Promise<void>;
  /** Begins to check books that are due, and to take up payments that others brought to the chain. */
  start(): void;
  stop(): Promise<void>;
}

/** Where payments and projects come from, of which the formulas ask. */
const FLAG_SOURCES: readonly FlagSource[] = [entryFlagInputs, bankFlagInputs, projectFlagInputs];

const cryptoRandom = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Create it before the chain starts: its parts register their handlers. */
export function createFund({ random = cryptoRandom, ...deps }: FundDeps): Fund {
  const context: FundContext = { ...deps, random };
  const raise = (communityId: string): Promise<number> =>
    raiseFlags(context, communityId, FLAG_SOURCES);
  const bank = createBankDesk(context, raise);
  const raiseIn: RaiseIn = (tx, communityId) =>
    raiseFlagsIn(context, tx, { communityId, sources: FLAG_SOURCES });
  registerDisbursement(context, raiseIn);
  const adoption = new Adoption(context, raiseIn);
  const adopt = (): Promise<void> => adoption.run();
  const job = new FundJob(context, adopt);
  return {
    ...createBooksDesk(context),
    routes: [
      ...booksRoutes(context),
      ...bankRoutes(context, bank),
      ...flagRoutes(context, FLAG_SOURCES),
      ...projectRoutes(context, raise),
      ...disbursementRoutes(context),
      ...exportRoutes(context),
    ],
    bank,
    raiseFlags: raise,
    answerFlag: (answer) => answerFlag(context, answer),
    async requireProject(communityId, number) {
      await getProjectRow(context.db, { communityId, project: number });
    },
    async requirePeriod(communityId, number) {
      await readPeriod(context, communityId, number);
    },
    async requireEntry(communityId, number) {
      await getEntry(context.db, communityId, number);
    },
    exportPeriod: (communityId, wanted) => writePeriod(context, communityId, wanted),
    adopt,
    start: () => job.start(),
    stop: () => job.stop(),
  };
}
