import type { RecordOf } from "../../anchor/record.ts";
import { toBeancount } from "./beancount.ts";
import type { BookForm } from "./form.ts";
import { toHledger } from "./hledger.ts";
import type { Journal } from "./journal.ts";
import { toCsv } from "./table.ts";
import { toWorkbook } from "./workbook.ts";

/** The books in a form, of a closed period with its statement where that form has one; the same books give the same bytes. */
export async function writeBooks(
  form: BookForm,
  journal: Journal,
  period: RecordOf<"period"> | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  switch (form) {
    case "csv":
      return encode(toCsv(journal.entries));
    case "xlsx":
      return toWorkbook(journal, period);
    case "hledger":
      return encode(toHledger(journal));
    case "beancount":
      return encode(toBeancount(journal));
  }
}
