import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { DomainError } from "../../http/errors.ts";
import type { RegistryContext } from "../context.ts";
import { drawCode, hashCode } from "../key/code.ts";

// Whoever started the program reads a code in its terminal. Used up in a browser, it makes of that browser the
// operator's for some hours: long enough to lead a committee to its community in one sitting.

const CODE_HOURS = 24;
const SESSION_HOURS = 12;
const HOUR_MILLISECONDS = 3_600_000;

type Context = Pick<RegistryContext, "db" | "cipher" | "clock">;

/** A new code for the terminal as long as no community stands; earlier ones that nobody used are void. */
export async function issueSetupCode({ db, cipher, clock }: Context): Promise<string | undefined> {
  if ((await db.community.count()) > 0) return undefined;
  const code = drawCode();
  const expiresAt = after(clock.now(), CODE_HOURS);
  await db.$transaction([
    db.setupCode.deleteMany(),
    db.setupCode.create({ data: { codeHash: hashCode(cipher, "setup", code), expiresAt } }),
  ]);
  return code;
}

const after = (now: Date, hours: number): Date =>
  new Date(now.getTime() + hours * HOUR_MILLISECONDS);

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

export interface OpenedSetup {
  token: string;
  expires: Date;
}

/** Uses a code up, or takes the operator's token. Throws SetupCodeWrong. */
export async function openSetup(
  context: Context,
  { code, operatorTokenHash }: { code: string; operatorTokenHash: string },
): Promise<OpenedSetup> {
  const isOperator = timingSafeEqual(sha256(code.trim()), Buffer.from(operatorTokenHash, "hex"));
  if (!isOperator) await useUp(context, code);
  const now = context.clock.now();
  const token = randomBytes(32).toString("base64url");
  const expires = after(now, SESSION_HOURS);
  await context.db.operatorSession.deleteMany({ where: { expiresAt: { lt: now } } });
  const tokenHash = sha256(token).toString("hex");
  await context.db.operatorSession.create({ data: { tokenHash, expiresAt: expires } });
  return { token, expires };
}

async function useUp({ db, cipher, clock }: Context, code: string): Promise<void> {
  const codeHash = hashCode(cipher, "setup", code);
  const where = { codeHash, expiresAt: { gt: clock.now() } };
  const { count } = await db.setupCode.deleteMany({ where });
  if (count === 0) throw new DomainError("SetupCodeWrong");
}

/** Whether a browser's token is that of a session of the operator's. */
export async function isSetupSession({ db, clock }: Context, token: string): Promise<boolean> {
  const tokenHash = sha256(token).toString("hex");
  const row = await db.operatorSession.findUnique({ where: { tokenHash } });
  return row !== null && row.expiresAt > clock.now();
}

export async function closeSetup({ db }: Pick<Context, "db">, token: string): Promise<void> {
  const tokenHash = sha256(token).toString("hex");
  await db.operatorSession.deleteMany({ where: { tokenHash } });
}
