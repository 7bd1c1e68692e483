import * as z from "zod";
import { BOOK_FORMS, endingOf } from "../../../protocol/fund/export/form.ts";
import type { BookForm } from "../../../protocol/fund/export/form.ts";
import { writeBooks } from "../../../protocol/fund/export/write.ts";
import { wholeJournal } from "../../../protocol/fund/export/journal.ts";
import { toReleasePackage } from "../../../protocol/fund/export/ocds.ts";
import { DomainError } from "../../http/errors.ts";
import { communityParams } from "../../http/fields.ts";
import { reachedAt } from "../../http/origin.ts";
import { FILE, defineRoute } from "../../http/route.ts";
import type { FileAnswer, Route } from "../../http/route.ts";
import { createKeeper } from "../../print/keep.ts";
import type { FundContext } from "../context.ts";
import { printStatement } from "./paper.ts";
import { readBooks, readPeriod, readStories, writePeriod } from "./read.ts";

const MEDIA_TYPES: Record<BookForm, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  hledger: "text/plain; charset=utf-8",
  beancount: "text/plain; charset=utf-8",
};

const format = z.enum(BOOK_FORMS);
const bookParams = communityParams.extend({ format });
const periodNumber = z.coerce.number().int().min(1);
const periodParams = bookParams.extend({ period: periodNumber });

/** The books for programs of others and for paper; what is given out of a closed period never changes. */
export function exportRoutes(context: FundContext): Route[] {
  return [
    bookRoute(context),
    // Before the forms, whose place in the address it takes.
    statementRoute(context),
    periodRoute(context),
    projectsRoute(context),
  ];
}

const answer = (name: string, form: BookForm, bytes: Uint8Array): FileAnswer => ({
  mediaType: MEDIA_TYPES[form],
  bytes,
  name: `${name}.${endingOf(form)}`,
  compress: form !== "xlsx",
});

const bookRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/exports/book/:format",
    who: "public",
    summary: "All entries: CSV, XLSX, or as a journal that hledger or Beancount audits",
    cache: "revalidate",
    params: bookParams,
    response: FILE,
    async handle({ params: { community, format: chosen } }): Promise<FileAnswer> {
      await context.registry.getCommunity(context.db, community);
      const journal = wholeJournal(await readBooks(context, community));
      return answer(`${community}-books`, chosen, await writeBooks(chosen, journal, undefined));
    },
  });

const periodRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/exports/periods/:period/:format",
    who: "public",
    summary: "The entries of a closed period in the same forms, with what was brought forward",
    cache: "revalidate",
    params: periodParams,
    response: FILE,
    async handle({ params: { community, period: number, format: chosen } }): Promise<FileAnswer> {
      const bytes = await writePeriod(context, community, { number, form: chosen });
      return answer(`${community}-period-${number}`, chosen, bytes);
    },
  });

function statementRoute(context: FundContext): Route {
  const keep = createKeeper<Uint8Array>();
  return defineRoute({
    method: "get",
    path: "/communities/:community/fund/exports/periods/:period/statement.pdf",
    who: "public",
    summary: "The statement of a closed period as a sheet of paper (A4, PDF)",
    cache: "revalidate",
    params: communityParams.extend({ period: periodNumber }),
    query: z.object({ language: z.enum(["zh", "en"]).default("zh") }),
    response: FILE,
    async handle({ params, query: { language }, request }): Promise<FileAnswer> {
      const { community: communityId, period: number } = params;
      const origin = context.publicOrigin ?? reachedAt(request);
      const period = await readPeriod(context, communityId, number);
      const address = { communityId, language, origin };
      const bytes = await keep(JSON.stringify([period, address]), () =>
        printStatement(context, period, address),
      );
      const name = `${communityId}-period-${number}-${language}.pdf`;
      return { mediaType: "application/pdf", bytes, name };
    },
  });
}

const projectsRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/exports/ocds",
    who: "public",
    summary: "All repair projects as releases of the Open Contracting Data Standard 1.1",
    cache: "revalidate",
    params: communityParams,
    response: FILE,
    async handle({ params: { community }, request }): Promise<FileAnswer> {
      const origin = context.publicOrigin ?? reachedAt(request);
      const base = `${origin}/api/communities/${community}`;
      const stories = await readStories(context, community, { base, prefix: context.ocdsPrefix });
      const releases = toReleasePackage(stories, `${base}/fund/exports/ocds`);
      if (!releases) throw new DomainError("ProjectsNone");
      const bytes = new TextEncoder().encode(`${JSON.stringify(releases, null, 2)}\n`);
      const name = `${community}-ocds.json`;
      return { mediaType: "application/json", bytes, name, compress: true };
    },
  });
