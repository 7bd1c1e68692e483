import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import type { BankDesk } from "./desk.ts";
import { bankAccountRoutes } from "./routes/accounts.ts";
import { bankImportRoutes } from "./routes/imports.ts";
import { organisationRoutes } from "./routes/organisations.ts";
import { reconciliationRoutes } from "./routes/reconciliations.ts";

export const bankRoutes = (context: FundContext, desk: BankDesk): Route[] => [
  ...bankAccountRoutes(context, desk),
  ...bankImportRoutes(context, desk),
  ...reconciliationRoutes(context, desk),
  ...organisationRoutes(context),
];
