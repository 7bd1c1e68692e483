import { anchorSubject } from "./anchor/subject.ts";
import { assemblySubject } from "./assembly/subject.ts";
import { pairCalls } from "./chain/calls.ts";
import { chainSubject } from "./chain/subject.ts";
import { fundSubjects } from "./fund/subjects.ts";
import { httpSubject } from "./http.ts";
import { installationSubject } from "./installation.ts";
import { inspectReferences } from "./references.ts";
import { inspectProposals } from "./registry/proposals.ts";
import { registrySubject } from "./registry/subject.ts";
import type { CallSource, Subject, TableNote } from "./subject.ts";

/** Everything that is inspected, in this order. A new table belongs into one of these, or into a new one. */
export const SUBJECTS: readonly Subject[] = [
  installationSubject,
  chainSubject,
  anchorSubject,
  registrySubject,
  assemblySubject,
  ...fundSubjects,
  httpSubject,
];

/** Every table that is known, with what its subject says of it. */
export const TABLES: ReadonlyMap<string, TableNote> = new Map(
  SUBJECTS.flatMap(({ tables }) => Object.entries(tables)),
);

/** What concerns all subjects: references between rows, what officers signed, what went to the chain. */
export const ACROSS: readonly Pick<Subject, "name" | "inspect">[] = [
  { name: "references", inspect: inspectReferences },
  {
    name: "proposals",
    inspect: (context) => inspectProposals(context, proposalKinds(SUBJECTS)),
  },
  { name: "calls", inspect: (context) => pairCalls(context, SUBJECTS.flatMap(callsOf)) },
];

function callsOf({ calls = [] }: Subject): readonly CallSource[] {
  return calls;
}

function proposalKinds(subjects: readonly Subject[]): NonNullable<Subject["proposals"]> {
  return Object.assign({}, ...subjects.map(({ proposals }) => proposals)) as NonNullable<
    Subject["proposals"]
  >;
}
