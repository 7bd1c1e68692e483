// TypeScript's own types do not know Trusted Types yet.
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

/** The page's own files: the service worker, and what the build has given a name of its own. */
const OWN_SCRIPTS = /^\/(?:service-worker|assets\/[\w-]+)\.js$/;

// The one policy of the page: where it starts a script by its address, it is a file of the build.
const policy = trustedTypes?.createPolicy("mingzhang", {
  createScriptURL: (url: string) => {
    const { origin, pathname } = new URL(url, location.origin);
    if (origin !== location.origin || !OWN_SCRIPTS.test(pathname)) {
      throw new TypeError("only the page's own scripts are started");
    }
    return url;
  },
});

/** An address of a script as the browser takes it under the page's policy. */
export function toScript(url: string): string {
  // What the policy gives is no text, but everything that starts a script takes it.
  return (policy ? policy.createScriptURL(url) : url) as string;
}
