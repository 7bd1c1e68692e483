import {
  fromReceiptFragment,
  parseReceipt,
  receiptBytes,
  receiptNumber,
  toReceiptFragment,
  type Receipt,
} from "../../protocol/assembly/receipt.ts";
import { Problem } from "../service/problem.ts";

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

export function saveReceipt(receipt: Receipt): void {
  const url = URL.createObjectURL(new Blob([receiptBytes(receipt)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `mingzhang-${receiptNumber(receipt.leaf).replaceAll(" ", "-")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
