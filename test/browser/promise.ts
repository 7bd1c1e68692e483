import type { Page, Route } from "playwright-core";

/** As a service whose promise its log's key has not signed: the text stays, one letter of the signature is another. */
export async function forgePromise(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = (await response.json()) as { promise: string };
  body.promise = body.promise.replace(/.(?=.{20}\n$)/, (letter) => (letter === "A" ? "B" : "A"));
  await route.fulfill({ response, json: body });
}

/** From the first step in the booth to the signature. */
export async function castBallot(page: Page, choices: readonly string[]): Promise<void> {
  for (const [step, choice] of choices.entries()) {
    await page.getByText(`第 ${step + 1} 步`).waitFor();
    await page.getByRole("button", { name: choice }).click();
  }
  await page.getByRole("button", { name: "签名并投出" }).click();
}
