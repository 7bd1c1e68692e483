import type { ContractErrorName } from "viem";
import type { anchorAbi } from "../../../protocol/abi/anchor.ts";
import type { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import type { fundAbi } from "../../../protocol/abi/fund.ts";
import type { registryAbi } from "../../../protocol/abi/registry.ts";
import { assemblyRefusals } from "./refusals/assembly.ts";
import { bankRefusals } from "./refusals/bank.ts";
import { booksRefusals } from "./refusals/books.ts";
import { fundRefusals } from "./refusals/fund.ts";
import { pageRefusals } from "./refusals/page.ts";
import { projectRefusals } from "./refusals/project.ts";
import { registryRefusals } from "./refusals/registry.ts";
import type { ProblemText } from "./problems.ts";

type ContractError = ContractErrorName<
  typeof registryAbi | typeof anchorAbi | typeof assemblyAbi | typeof fundAbi
>;
/** Errors of the contracts that the first screens explain. */
type Explained = "AssemblyMeetingUnknown";

/** Everything that the page, the service or a contract may refuse; a contract's error without a text does not compile. */
export const refusals = {
  ...pageRefusals,
  ...registryRefusals,
  ...assemblyRefusals,
  ...bankRefusals,
  ...booksRefusals,
  ...fundRefusals,
  ...projectRefusals,
} satisfies Record<Exclude<ContractError, Explained>, ProblemText> as Record<string, ProblemText>;
