import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

// Timestamps of RFC 3161: an authority's word that something was there at a time.

const SHA256 = "2.16.840.1.101.3.4.2.1";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

const engine = new pkijs.CryptoEngine({ name: "webcrypto", crypto: globalThis.crypto });

const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", owned(bytes)));
}

/** The request (DER) for a timestamp of `content`, with the authority's certificate in the answer. */
export async function timestampRequest(content: Uint8Array): Promise<Uint8Array> {
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256 }),
      hashedMessage: new asn1js.OctetString({ valueHex: owned(await sha256(content)) }),
    }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/** Why a timestamp is worth nothing. */
export type TimestampFault =
  "malformed" | "refused" | "wrongContent" | "wrongSignature" | "notTrusted" | "notForTimestamps";

/** What a timestamp states, once it was verified: when, and the authority by the name in its certificate. */
export type TimestampCheck =
  { status: "ok"; at: Date; authority: string } | { status: "failed"; fault: TimestampFault };

function nameOf(certificate: pkijs.Certificate): string {
  return certificate.subject.typesAndValues
    .map(({ value }) => String((value as { valueBlock: { value: unknown } }).valueBlock.value))
    .join(", ");
}

function isForTimestamps(certificate: pkijs.Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const purposes = (usage?.parsedValue as pkijs.ExtKeyUsage | undefined)?.keyPurposes;
  return purposes?.includes(TIME_STAMPING) ?? false;
}

type Verified = Pick<
  pkijs.SignedDataVerifyResult,
  "signatureVerified" | "signerCertificate" | "signerCertificateVerified"
>;
type Token = { signed: pkijs.SignedData; info: pkijs.TSTInfo };

function readToken(response: Uint8Array): Token | TimestampFault {
  const answer = pkijs.TimeStampResp.fromBER(owned(response));
  if (!answer.timeStampToken) return "refused";
  const signed = new pkijs.SignedData({ schema: answer.timeStampToken.content as unknown });
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== TST_INFO || !eContent) return "malformed";
  return { signed, info: pkijs.TSTInfo.fromBER(eContent.getValue()) };
}

async function isOfContent({ info }: Token, content: Uint8Array): Promise<boolean> {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithmId !== SHA256) return false;
  const [stated, own] = [hashedMessage.valueBlock.valueHexView, await sha256(content)];
  return stated.length === own.length && own.every((byte, i) => byte === stated[i]);
}

/** The signer's certificate and a chain from it to a trusted one, valid at the time that the token states. */
async function checkSigner(
  { signed, info }: Token,
  content: Uint8Array,
  trusted: readonly Uint8Array[],
): Promise<pkijs.Certificate | TimestampFault> {
  const trustedCerts = trusted.map((der) => pkijs.Certificate.fromBER(owned(der)));
  const verify = (checkChain: boolean): Promise<Verified> =>
    signed
      .verify(
        {
          signer: 0,
          data: owned(content).buffer,
          trustedCerts,
          checkDate: info.genTime,
          checkChain,
          extendedMode: true,
        },
        engine,
      )
      .catch((error: unknown) => {
        // What does not verify is thrown, with the same fields.
        if (error instanceof pkijs.SignedDataVerifyError) return error;
        throw error;
      });
  const { signatureVerified, signerCertificate } = await verify(false);
  if (!signatureVerified || !signerCertificate) return "wrongSignature";
  if (!isForTimestamps(signerCertificate)) return "notForTimestamps";
  const chain = await verify(true);
  return chain.signatureVerified && chain.signerCertificateVerified
    ? signerCertificate
    : "notTrusted";
}

/**
 * Verifies an answer (TimeStampResp, DER) about `content` against the certificates (DER) of the authorities that are
 * trusted. Needs no network and never rejects.
 */
export async function verifyTimestamp(
  response: Uint8Array,
  content: Uint8Array,
  trusted: readonly Uint8Array[],
): Promise<TimestampCheck> {
  const failed = (fault: TimestampFault): TimestampCheck => ({ status: "failed", fault });
  try {
    const token = readToken(response);
    if (typeof token === "string") return failed(token);
    if (!(await isOfContent(token, content))) return failed("wrongContent");
    const signer = await checkSigner(token, content, trusted);
    if (typeof signer === "string") return failed(signer);
    return { status: "ok", at: token.info.genTime, authority: nameOf(signer) };
  } catch {
    return failed("malformed");
  }
}

/**
 * When an answer about `content` says that it was there, under the signature of the certificate that it brings; whether
 * anybody trusts that certificate is another question. Undefined where it says no such thing; never rejects.
 */
export async function readTimestamp(
  response: Uint8Array,
  content: Uint8Array,
): Promise<Date | undefined> {
  try {
    const token = readToken(response);
    if (typeof token === "string" || !(await isOfContent(token, content))) return undefined;
    const signer = await checkSigner(token, content, []);
    return signer === "notTrusted" || typeof signer !== "string" ? token.info.genTime : undefined;
  } catch {
    return undefined;
  }
}

/** The certificates of a PEM file as DER; none where the text has none. */
export function readCertificates(pem: string): Uint8Array[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, body]) =>
    Uint8Array.from(atob(body!.replace(/\s/g, "")), (character) => character.charCodeAt(0)),
  );
}
