import { expect } from "chai";
import fs from "node:fs";
import {
  readCertificates,
  timestampRequest,
  verifyTimestamp,
} from "../../../protocol/anchor/timestamp.ts";
import { TimestampAuthority } from "../../api/anchor/timestampAuthority.ts";

/** A DER sequence of more than 255 bytes. */
function sequence(body: Buffer): Buffer {
  const head = Buffer.from([0x30, 0x82, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

describe("timestamps", () => {
  const content = new TextEncoder().encode("example.com/log\n3\nroot\n");
  let authority: TimestampAuthority;
  let response: Uint8Array;
  let trusted: Uint8Array[];

  before(async function () {
    this.timeout(30_000);
    authority = new TimestampAuthority();
    trusted = readCertificates(authority.authorities);
    response = authority.reply(await timestampRequest(content));
  });
  after(() => authority.close());

  const faultOf = async (...args: Parameters<typeof verifyTimestamp>): Promise<string> => {
    const check = await verifyTimestamp(...args);
    return check.status === "ok" ? "ok" : check.fault;
  };

  it("of openssl verify offline and tell when and by whom", async () => {
    const check = await verifyTimestamp(response, content, trusted);
    expect(check).to.deep.include({ status: "ok", authority: "Test timestamps" });
    if (check.status !== "ok") throw new Error();
    expect(check.at.getTime()).to.be.closeTo(Date.now(), 60_000);
  });

  it("do not verify for another content, nor under authorities that are not trusted", async () => {
    expect(await faultOf(response, new Uint8Array([1]), trusted)).to.equal("wrongContent");
    expect(await faultOf(response, content, [])).to.equal("notTrusted");
    const other = new TimestampAuthority();
    const others = readCertificates(other.authorities);
    other.close();
    expect(await faultOf(response, content, others)).to.equal("notTrusted");
  });

  it("do not verify with any changed byte of the statement or the signature", async () => {
    const changedAt = async (place: number): Promise<string> => {
      const bytes = new Uint8Array(response);
      bytes[place]! ^= 1;
      return faultOf(bytes, content, trusted);
    };
    const genTime = Buffer.from(response).indexOf(Buffer.from([0x18, 0x0f])) + 4;
    for (const place of [genTime, genTime + 8, response.length - 1, response.length - 100]) {
      expect(await changedAt(place), `byte ${place}`).not.to.equal("ok");
    }
    const every: string[] = [];
    for (let place = 0; place < response.length; place += 37) every.push(await changedAt(place));
    expect(every.filter((fault) => fault !== "ok").length).to.be.above(every.length * 0.9);
    expect(await faultOf(response.subarray(0, 50), content, trusted)).to.equal("malformed");
    expect(await faultOf(new Uint8Array(), content, trusted)).to.equal("malformed");
  });

  it("by a certificate that is for something else do not count", async () => {
    // The same statement, signed by another key of the same authority, whose certificate is not for timestamps.
    fs.writeFileSync(authority.file("reply"), response);
    authority.openssl("ts", "-reply", "-in", "reply", "-token_out", "-out", "token");
    authority.openssl(..."cms -verify -inform DER -in token -noverify -out statement".split(" "));
    authority.certify("plain", "Something else");
    const statement = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", "statement"];
    const signer = ["-signer", "plain.pem", "-inkey", "plain.key", "-outform", "DER"];
    authority.openssl(
      "cms",
      "-sign",
      "-binary",
      "-nodetach",
      ...statement,
      ...signer,
      "-out",
      "signed",
    );
    const granted = Buffer.from("3003020100", "hex");
    const forged = sequence(Buffer.concat([granted, fs.readFileSync(authority.file("signed"))]));
    expect(await faultOf(forged, content, trusted)).to.equal("notForTimestamps");
    const good = sequence(Buffer.concat([granted, fs.readFileSync(authority.file("token"))]));
    expect(await faultOf(good, content, trusted)).to.equal("ok");
  });

  it("that were refused are told apart", async () => {
    // SHA-1 instead of SHA-256: openssl refuses, in a well-formed answer.
    fs.writeFileSync(authority.file("data"), content);
    authority.openssl("ts", "-query", "-data", "data", "-sha1", "-cert", "-out", "sha1");
    const refused = authority.reply(fs.readFileSync(authority.file("sha1")));
    expect(await faultOf(refused, content, trusted)).to.equal("refused");
  });
});
