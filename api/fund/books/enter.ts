import type { ApportionRule } from "../../../protocol/fund/apportion.ts";
import { figureOfKind, postingsOf } from "../../../protocol/fund/entry.ts";
import type { Schedule } from "../../../protocol/fund/schedule.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import type { NewEntry, PostedEntry, UnitShare } from "./entry.ts";
import { postEntry } from "./post.ts";
import { apportionBalances, apportionScope } from "./scope.ts";
import type { Spread, TermsOf } from "./terms.ts";

/** Who stands behind an entry and what it follows from. */
export type Origin = Pick<NewEntry, "communityId" | "by" | "source">;

/** Posts what an officer filled in: the two postings of its kind, and the units' shares as the spread says. */
export async function enterEntry(
  context: FundContext,
  tx: Tx,
  { terms, origin }: { terms: TermsOf<"entry">; origin: Origin },
): Promise<PostedEntry> {
  const { kind, amount, account, date, occurred, narration, category, documents } = terms;
  await requirePublic(context, origin.communityId, documents);
  const postings = postingsOf(kind, amount, account);
  return postEntry(context, tx, {
    ...origin,
    ...{ kind, date, occurred, narration, category, documents, postings },
    ...(await spreadAmount(context, tx, { terms, communityId: origin.communityId })),
  });
}

type Shares = { units?: UnitShare[]; schedule?: Schedule };

async function spreadAmount(
  context: FundContext,
  tx: Tx,
  { terms, communityId }: { terms: TermsOf<"entry">; communityId: string },
): Promise<Shares> {
  const { kind, spread, amount: amountFen } = terms;
  if (!spread) return requireNone(kind);
  // What comes in is the owners': a credit.
  const sign = postingsOf(kind, 1n)[0]?.account.endsWith(":owners") ? 1n : -1n;
  const signed = (shares: readonly UnitShare[]): Shares => ({
    units: shares.map(({ unit, amountFen: own }) => ({ unit, amountFen: sign * own })),
  });
  switch (spread.by) {
    case "area": {
      const { scope } = spread;
      const charge = { communityId, amountFen, scope, rule: toRule(spread) };
      return { schedule: await apportionScope(context, tx, charge) };
    }
    case "balance": {
      const { scope } = spread;
      return signed(await apportionBalances(context, tx, { communityId, amountFen, scope }));
    }
    case "list":
      return signed(
        spread.units.map(({ unit, amount }) => {
          return { unit: unit.normalize("NFC"), amountFen: amount };
        }),
      );
  }
}

function requireNone(kind: TermsOf<"entry">["kind"]): Shares {
  if (figureOfKind(kind) !== undefined) throw new DomainError("EntrySpreadMissing", { kind });
  return {};
}

const toRule = ({ factors }: Extract<Spread, { by: "area" }>): ApportionRule =>
  factors ? { rule: "area", factors } : { rule: "area" };

/** Documents that prove an entry are there for everybody. */
async function requirePublic(
  { anchor }: FundContext,
  communityId: string,
  documents: TermsOf<"entry">["documents"],
): Promise<void> {
  for (const sha256 of documents) {
    const { confidential } = await anchor.getDocument(communityId, sha256);
    if (confidential) throw new DomainError("DocumentNotFound", { sha256 });
  }
}
