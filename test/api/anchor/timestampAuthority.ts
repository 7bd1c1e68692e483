import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";

const SETTINGS = `
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
[ca]
basicConstraints = critical,CA:true
[stamp]
extendedKeyUsage = critical,timeStamping
[plain]
extendedKeyUsage = serverAuth
`;

/** An authority of timestamps, played by openssl with a throwaway certificate authority. */
export class TimestampAuthority {
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "tsa-"));
  url = "";
  #server: http.Server | undefined;

  constructor() {
    fs.writeFileSync(this.file("settings"), SETTINGS);
    fs.writeFileSync(this.file("serial"), "01\n");
    this.openssl(...selfSigned("ca", "Test authority"));
    this.certify("stamp", "Test timestamps");
  }

  file(name: string): string {
    return path.join(this.directory, name);
  }

  openssl(...args: string[]): Buffer {
    return execFileSync("openssl", args, { cwd: this.directory, stdio: "pipe" });
  }

  /** A certificate by the authority, with the extensions of that name in the settings. */
  certify(name: string, subject: string): void {
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`];
    this.openssl("req", "-new", ...key, "-subj", `/CN=${subject}`, "-out", `${name}.csr`);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30"];
    const extensions = ["-extfile", "settings", "-extensions", name];
    this.openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...signed,
      ...extensions,
      "-out",
      `${name}.pem`,
    );
  }

  get authorities(): string {
    return fs.readFileSync(this.file("ca.pem"), "utf8");
  }

  reply(query: Uint8Array): Buffer {
    fs.writeFileSync(this.file("query"), query);
    const signer = ["-inkey", "stamp.key", "-signer", "stamp.pem"];
    this.openssl(
      "ts",
      "-reply",
      "-config",
      "settings",
      "-queryfile",
      "query",
      ...signer,
      "-out",
      "reply",
    );
    return fs.readFileSync(this.file("reply"));
  }

  async serve(): Promise<void> {
    const server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const isQuery = request.headers["content-type"] === "application/timestamp-query";
        response.writeHead(isQuery ? 200 : 415, { "Content-Type": "application/timestamp-reply" });
        response.end(isQuery ? this.reply(Buffer.concat(chunks)) : "");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server?.close();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

function selfSigned(name: string, subject: string): string[] {
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.pem`];
  return ["req", "-x509", ...key, "-days", "30", "-subj", `/CN=${subject}`];
}
