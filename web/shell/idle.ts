const LATEST_MILLISECONDS = 2_000;

/** Settles when the browser has drawn what it was given and has nothing better to do. */
export function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => {
    // Safari does not know it.
    if (!("requestIdleCallback" in globalThis)) setTimeout(resolve, LATEST_MILLISECONDS / 10);
    else requestIdleCallback(resolve, { timeout: LATEST_MILLISECONDS });
  });
}
