import type { Route } from "playwright-core";
import type { Receipt } from "../../protocol/assembly/receipt.ts";

/** In every page: presses on links and buttons, those on a choice left out. */
export function countTaps(): void {
  addEventListener(
    "click",
    ({ target, isTrusted }) => {
      if (!isTrusted || !(target instanceof Element) || target.closest(".option")) return;
      sessionStorage.setItem("taps", String(Number(sessionStorage.getItem("taps")) + 1));
    },
    true,
  );
}

/** In the page: the receipt that it keeps. */
export function readReceipt(): Promise<Receipt> {
  return new Promise((resolve) => {
    const asked = indexedDB.open("mingzhang");
    asked.onsuccess = () => {
      const kept = asked.result.transaction("receipts").objectStore("receipts").getAll();
      kept.onsuccess = () => {
        const ballots = kept.result as { castAt: number; receipt: Receipt }[];
        resolve(ballots.sort((a, b) => b.castAt - a.castAt)[0]!.receipt);
      };
    };
  });
}

/** As a service that shows another motion than was voted on. */
export async function changeTitle(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = (await response.json()) as { motions: { title: string }[] };
  body.motions[0]!.title = "另一件事";
  await route.fulfill({ response, json: body });
}
