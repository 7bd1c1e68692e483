import type { FlagPayment, FlagProject } from "../../../protocol/fund/flag/input.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { dayIn } from "../books/today.ts";
import type { FlagContext, FlagSource } from "../flag/inputs.ts";
import { readStories } from "./find.ts";
import type { Step, Story } from "./find.ts";

/** Projects with what was decided, contracted and paid, and every payment on chain with its invoice and account. */
export const projectFlagInputs: FlagSource = async (context, communityId) => {
  const { db } = context;
  const rows = await db.project.findMany({ where: { communityId }, orderBy: { number: "asc" } });
  const stories = await readStories(context, db, rows);
  const numbers = await readAccounts(context, communityId);
  const invoices = await readInvoices(context, communityId);
  return {
    projects: stories.map(toProject),
    payments: stories.flatMap(({ steps }) =>
      steps.flatMap((step) => toPayment(step, { numbers, invoices })),
    ),
  };
};

function toProject({ row, state, plan, motion, steps }: Story): FlagProject {
  const isAdopted = motion?.outcome === "Adopted";
  return {
    name: `project ${row.number}`,
    record: steps[0]?.row.recordIndex ?? null,
    budgetFen: row.route === "vote" && plan ? BigInt(plan.budget) : null,
    contractFen: state.contract ? BigInt(state.contract.amount) : null,
    paidFen: state.paidFen,
    adoptedOn: isAdopted && motion.concludedAt ? dayIn(motion.concludedAt) : null,
    contractedOn: state.contractedOn,
    startedOn: state.startedOn,
    isEmergency: row.route === "emergency",
  };
}

interface Known {
  /** Account numbers by their published hash: the bank's lines have numbers too. */
  numbers: ReadonlyMap<string, string>;
  /** Numbers of invoices by their file. */
  invoices: ReadonlyMap<string, string>;
}

function toPayment({ row, record }: Step, { numbers, invoices }: Known): FlagPayment[] {
  if (record.type !== "projectPayment") return [];
  const { payment, date, amount, payee, invoice }: RecordOf<"projectPayment"> = record;
  return [
    {
      ...{ name: `payment ${payment}`, record: row.recordIndex, date },
      ...{ amountFen: BigInt(amount), payee: payee.name },
      account: numbers.get(payee.account) ?? payee.account,
      invoices: [{ number: invoices.get(invoice) ?? null, file: invoice }],
      transaction: null,
    },
  ];
}

async function readAccounts(
  { db, cipher }: FlagContext,
  communityId: string,
): Promise<Map<string, string>> {
  const rows = await db.payeeAccount.findMany({ where: { communityId } });
  return new Map(
    rows.map(({ hash, sealed }) => {
      const { number } = JSON.parse(cipher.open(sealed, `payeeAccount ${hash}`)) as {
        number: string;
      };
      return [hash, number];
    }),
  );
}

async function readInvoices(
  { db }: FlagContext,
  communityId: string,
): Promise<Map<string, string>> {
  const rows = await db.projectInvoice.findMany({ where: { communityId } });
  return new Map(rows.map(({ sha256, invoice }) => [sha256, invoice]));
}
