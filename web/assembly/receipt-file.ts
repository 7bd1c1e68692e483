import {
  fromReceiptFragment,
  parseReceipt,
  receiptBytes,
  receiptNumber,
  toReceiptFragment,
  type Receipt,
} from "../../protocol/assembly/receipt.ts";
import type { ReceiptPicture } from "./receipt-picture.ts";
import { Problem } from "../service/problem.ts";
import { saveFile } from "../service/save.ts";

/** The address that checks a receipt: what stands after `#` is never sent to a server. */
export function toCheckUrl(receipt: Receipt): string {
  return `${location.origin}/check#r=${toReceiptFragment(receipt)}`;
}

/** The receipt in an address; undefined where there is none, a problem where there is a broken one. */
export function fromHash(hash: string): Receipt | undefined {
  if (!hash.startsWith("#r=")) return undefined;
  return orProblem(() => fromReceiptFragment(hash.slice("#r=".length)));
}

export function fromFile(bytes: Uint8Array): Receipt {
  return orProblem(() => parseReceipt(bytes));
}

function orProblem(read: () => Receipt): Receipt {
  try {
    return read();
  } catch {
    throw new Problem("ReceiptMalformed");
  }
}

const nameOf = ({ leaf }: Receipt, kind: "json" | "png"): string =>
  `mingzhang-${receiptNumber(leaf).replaceAll(" ", "-")}.${kind}`;

export function saveReceipt(receipt: Receipt): void {
  saveFile(
    new Blob([receiptBytes(receipt)], { type: "application/json" }),
    nameOf(receipt, "json"),
  );
}

/** The same as a picture: number, words and the code that checks it. */
export async function saveReceiptPicture(
  receipt: Receipt,
  words: Pick<ReceiptPicture, "heading" | "lines" | "warning">,
): Promise<void> {
  const { paintReceipt } = await import("./receipt-picture.ts");
  const picture = { ...words, leaf: receipt.leaf, address: toCheckUrl(receipt) };
  saveFile(await paintReceipt(picture), nameOf(receipt, "png"));
}
