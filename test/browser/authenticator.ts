import type { CDPSession, Page } from "playwright-core";

interface Traits {
  /** Has a fingerprint reader or the like. */
  canVerify?: boolean;
  /** Its holder passes the check; false stands for whoever cancels, or is somebody else. */
  isVerified?: boolean;
}

/** A phone's own authenticator, as Chromium simulates it: passkeys on http://localhost. */
export class Authenticator {
  readonly #cdp: CDPSession;
  readonly #id: string;

  private constructor(cdp: CDPSession, id: string) {
    this.#cdp = cdp;
    this.#id = id;
  }

  static async attach(page: Page, traits: Traits = {}): Promise<Authenticator> {
    const { canVerify = true, isVerified = true } = traits;
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: canVerify,
        isUserVerified: canVerify && isVerified,
        automaticPresenceSimulation: true,
      },
    });
    return new Authenticator(cdp, authenticatorId);
  }

  async setVerified(isUserVerified: boolean): Promise<void> {
    await this.#cdp.send("WebAuthn.setUserVerified", {
      authenticatorId: this.#id,
      isUserVerified,
    });
  }

  /** Its passkeys, secrets included. */
  async list() {
    const { credentials } = await this.#cdp.send("WebAuthn.getCredentials", {
      authenticatorId: this.#id,
    });
    return credentials;
  }

  async add(credential: Awaited<ReturnType<Authenticator["list"]>>[number]): Promise<void> {
    await this.#cdp.send("WebAuthn.addCredential", { authenticatorId: this.#id, credential });
  }

  async clear(): Promise<void> {
    await this.#cdp.send("WebAuthn.clearCredentials", { authenticatorId: this.#id });
  }

  async detach(): Promise<void> {
    await this.#cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.#id });
  }
}
