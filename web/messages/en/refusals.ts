import type { ProblemText } from "../zh/problems.ts";
import { assemblyRefusals } from "./refusals/assembly.ts";
import { bankRefusals } from "./refusals/bank.ts";
import { booksRefusals } from "./refusals/books.ts";
import { fundRefusals } from "./refusals/fund.ts";
import { pageRefusals } from "./refusals/page.ts";
import { projectRefusals } from "./refusals/project.ts";
import { registryRefusals } from "./refusals/registry.ts";

export const refusals: Record<string, ProblemText> = {
  ...pageRefusals,
  ...registryRefusals,
  ...assemblyRefusals,
  ...bankRefusals,
  ...booksRefusals,
  ...fundRefusals,
  ...projectRefusals,
};
