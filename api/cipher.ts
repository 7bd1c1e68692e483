import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what may identify a person, with AES-256-GCM under a key of the installation. */
export interface Cipher {
  /** `context` says what the text belongs to: a ciphertext moved to another row does not open. */
  seal(text: string | Uint8Array, context: string): Uint8Array<ArrayBuffer>;
  open(sealed: Uint8Array, context: string): string;
  openBytes(sealed: Uint8Array, context: string): Buffer;
  /** A keyed hash by which equal texts are found without being readable (HMAC-SHA-256, hex). */
  fingerprint(text: string): string;
}

/** `key`: 32 random bytes from the key directory; encryption and matching use keys derived from it. */
export function createCipher(key: Uint8Array): Cipher {
  const encryptionKey = deriveKey(key, "encryption");
  const matchingKey = deriveKey(key, "matching");
  const openBytes = (sealed: Uint8Array, context: string): Buffer =>
    decrypt(encryptionKey, sealed, context);
  return {
    seal: (text, context) => encrypt(encryptionKey, text, context),
    open: (sealed, context) => openBytes(sealed, context).toString("utf8"),
    openBytes,
    fingerprint: (text) => createHmac("sha256", matchingKey).update(text).digest("hex"),
  };
}

const deriveKey = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", key, new Uint8Array(), `mingzhang ${purpose}`, 32));

function encrypt(key: Buffer, text: string | Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(Buffer.from(text)), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, body, cipher.getAuthTag()]));
}

function decrypt(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed);
  const end = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, end)), decipher.final()]);
}
