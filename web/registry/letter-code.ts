let taken = { path: "", code: "" };

/**
 * The code of a letter's QR code: in the fragment, which no server sees; taken out of the address at once. It is the
 * same however often a screen that is being put together asks.
 */
export function takeCode(): string {
  const path = location.pathname;
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code) {
    taken = { path, code };
    history.replaceState(history.state, "", path + location.search);
  }
  return taken.path === path ? taken.code : "";
}

/** The code has done its work. */
export function dropCode(): void {
  taken = { path: "", code: "" };
}

/** A code as it is sent: people add spaces and dashes, and write small letters. */
export function normaliseCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
}
