import { createHash, randomBytes } from "node:crypto";
import { type Hex, bytesToHex, hashTypedData, hexToString } from "viem";
import { FORM, KEY_KIND, unpackEnvelope } from "../../protocol/registry/keys.ts";
import type { Form, KeyKind } from "../../protocol/registry/keys.ts";
import { LOGIN_PURPOSE, loginTypedData } from "../../protocol/registry/messages.ts";
import { verifyKeySignature } from "../../protocol/registry/signature.ts";
import type { Clock } from "../clock.ts";
import type { Db } from "../database/client.ts";
import type { PersonKey, Session } from "./authority.ts";
import { DomainError } from "./errors.ts";

const CHALLENGE_SECONDS = 300;
const SESSION_HOURS = 12;

export interface Challenge {
  challenge: Hex;
  chainId: number;
  /** The page's origin as the address bar shows it; signed, so that no other site can relay a login. */
  site: string;
  expiresAt: Date;
}

/** A signed `Login` over a challenge of ours: proves that the caller holds the key. */
export interface LoginProof extends PersonKey {
  challenge: Hex;
  form: Form;
  envelope?: Hex | undefined;
  signature: Hex;
}

export class Sessions {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #chainId: number;

  constructor(deps: { db: Db; clock: Clock; chainId: number }) {
    this.#db = deps.db;
    this.#clock = deps.clock;
    this.#chainId = deps.chainId;
  }

  async createChallenge(site: string): Promise<Challenge> {
    const now = this.#clock.now();
    const challenge = bytesToHex(randomBytes(32));
    const expiresAt = new Date(now.getTime() + CHALLENGE_SECONDS * 1000);
    await this.#db.loginChallenge.deleteMany({ where: { expiresAt: { lt: now } } });
    await this.#db.loginChallenge.create({ data: { challenge, site, expiresAt } });
    return { challenge, chainId: this.#chainId, site, expiresAt };
  }

  /** Checks the signature and uses the challenge up, whatever comes of it. */
  async requireProof(proof: LoginProof, purpose: keyof typeof LOGIN_PURPOSE): Promise<void> {
    const row = await this.#takeChallenge(proof.challenge);
    if (!row) throw new DomainError("ChallengeUnknown");
    if (row.expiresAt <= this.#clock.now()) throw new DomainError("ChallengeExpired");
    const { form, envelope, challenge } = proof;
    if (form === FORM.webauthn && !isFromSite(envelope, row.site)) {
      throw new DomainError("PasskeySiteDiffers");
    }
    const message = { site: row.site, purpose: LOGIN_PURPOSE[purpose], challenge };
    const digest = hashTypedData(loginTypedData(this.#chainId, message));
    const input = { digest, form, envelope };
    if (!(await verifyKeySignature({ ...proof, input }))) throw new DomainError("SignatureInvalid");
  }

  async #takeChallenge(challenge: Hex): Promise<{ site: string; expiresAt: Date } | undefined> {
    const rows = await this.#db.$queryRaw<{ site: string; expiresAt: Date }[]>`
      DELETE FROM "LoginChallenge" WHERE "challenge" = ${challenge.toLowerCase()} RETURNING "site", "expiresAt"`;
    return rows[0];
  }

  async create(proof: LoginProof): Promise<{ token: string; session: Session }> {
    await this.requireProof(proof, "login");
    return this.open(proof);
  }

  /** Opens a session for a key that was just proven; the token is for the cookie and kept nowhere else. */
  async open({ kind, keyId }: PersonKey): Promise<{ token: string; session: Session }> {
    const createdAt = this.#clock.now();
    const expiresAt = new Date(createdAt.getTime() + SESSION_HOURS * 3_600_000);
    const token = randomBytes(32).toString("base64url");
    const person = { kind, keyId };
    const tokenHash = hashToken(token);
    await this.#db.session.deleteMany({ where: { expiresAt: { lt: createdAt } } });
    await this.#db.session.create({ data: { tokenHash, ...person, createdAt, expiresAt } });
    return { token, session: { id: tokenHash, ...person, expiresAt } };
  }

  async find(token: string): Promise<Session | undefined> {
    const row = await this.#db.session.findUnique({ where: { tokenHash: hashToken(token) } });
    if (!row || row.expiresAt <= this.#clock.now()) return undefined;
    const { tokenHash, keyId, expiresAt } = row;
    return { id: tokenHash, kind: toKeyKind(row.kind), keyId: keyId as Hex, expiresAt };
  }

  async end(session: Session): Promise<void> {
    await this.#db.session.deleteMany({ where: { tokenHash: session.id } });
  }
}

/** The authenticator's own word on which page asked it, beside the site that the message names. */
function isFromSite(envelope: Hex | undefined, site: string): boolean {
  try {
    const { clientDataJSON } = unpackEnvelope(envelope ?? "0x");
    const data = JSON.parse(hexToString(clientDataJSON)) as Record<string, unknown>;
    return data["origin"] === site && data["crossOrigin"] !== true;
  } catch {
    return false;
  }
}

const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

export const toKeyKind = (kind: number): KeyKind =>
  kind === KEY_KIND.secp256k1 ? KEY_KIND.secp256k1 : KEY_KIND.p256;
