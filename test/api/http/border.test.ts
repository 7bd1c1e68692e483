import { expect } from "chai";
import http from "node:http";
import { type Body, Client, ok, refused } from "./client.ts";
import { DevicePerson, PasskeyPerson, WalletPerson, login } from "./people.ts";
import { TestService } from "./service.ts";
import { ERROR_CODES, statusOf } from "../../../api/http/errors.ts";
import { TestCommunity } from "../registry/community.ts";

describe("the border of the service", () => {
  let test: TestService;
  let community: TestCommunity;

  before(async () => {
    test = await TestService.start();
    community = await TestCommunity.create(test);
  });
  after(() => test.close());

  describe("sessions", () => {
    it("open for a wallet and for a device key, and close", async () => {
      for (const person of [new WalletPerson(), await DevicePerson.create()]) {
        const client = await login(test.client(), person);
        expect((await ok(client.get("/session"))).kind).to.be.oneOf([0, 1]);
        await ok(client.delete("/session"));
        expect(await refused(client.get("/session"), 401)).to.equal("LoginRequired");
      }
    });

    it("keep their token from scripts, from other sites and from the database", async () => {
      const client = test.client();
      const proof = await new WalletPerson().prove(client, "login");
      const { headers } = await client.post("/session", proof);
      const cookie = headers.get("Set-Cookie")!;
      expect(cookie).to.contain("HttpOnly").and.to.contain("SameSite=Strict");
      const token = /=([^;]+)/.exec(cookie)![1]!;
      const rows = await test.database.client.session.findMany();
      expect(JSON.stringify(rows)).not.to.contain(token);
    });

    it("do not open with a challenge used before, unknown, late, or signed for something else", async () => {
      const client = test.client();
      const person = new WalletPerson();
      const used = await person.prove(client, "login");
      await ok(client.post("/session", used));
      expect(await refused(client.post("/session", used), 401)).to.equal("ChallengeUnknown");
      const enrolling = await person.prove(client, "enrol");
      expect(await refused(client.post("/session", enrolling), 401)).to.equal("SignatureInvalid");
      const stolen = { ...(await person.prove(client, "login")), keyId: new WalletPerson().signer };
      expect(await refused(client.post("/session", stolen), 401)).to.equal("SignatureInvalid");
      const late = await person.prove(client, "login");
      test.clock.aheadSeconds += 301;
      expect(await refused(client.post("/session", late), 401)).to.equal("ChallengeExpired");
    });

    it("open for a passkey, but not for one that signed at another site or skipped its user's check", async () => {
      const client = test.client();
      const person = new PasskeyPerson();
      await ok(client.post("/session", await person.prove(client, "login")));
      const attempt = async (): Promise<string> =>
        refused(client.post("/session", await person.prove(client, "login")), 401);
      person.flags = 0x01;
      expect(await attempt()).to.equal("SignatureInvalid");
      person.flags = 0x05;
      person.origin = "https://elsewhere.example";
      expect(await attempt()).to.equal("PasskeySiteDiffers");
    });

    it("end by themselves after half a day", async () => {
      const client = await login(test.client(), new WalletPerson());
      test.clock.aheadSeconds += 12 * 3600;
      expect(await refused(client.get("/session"), 401)).to.equal("LoginRequired");
      community.registrar.client = await login(test.client(), community.registrar.person);
      community.committee.client = await login(test.client(), community.committee.person);
    });
  });

  describe("other sites", () => {
    const foreign = () => new Client(test.url, { Origin: "https://elsewhere.example" });

    it("may read what is public, without credentials", async () => {
      const { headers } = await foreign().get("/status");
      expect(headers.get("Access-Control-Allow-Origin")).to.equal("*");
      expect(headers.get("Access-Control-Allow-Credentials")).to.equal(null);
    });

    it("may read the chain", async () => {
      const request = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
      const answer = await ok(foreign().post("/rpc", request));
      expect(answer).to.deep.equal({ jsonrpc: "2.0", id: 1, result: "0x7a69" });
      const preflight = await foreign().request("OPTIONS", "/rpc");
      expect(preflight.headers.get("Access-Control-Allow-Methods")).to.equal("POST");
    });

    it("may not write, nor see what is not public", async () => {
      const write = foreign().post("/session/challenge");
      expect(await refused(write, 403)).to.equal("OriginNotAllowed");
      const { headers } = await foreign().get(`${community.path}/proposals`);
      expect(headers.get("Access-Control-Allow-Origin")).to.equal(null);
    });

    it("may not write with a cookie and no origin", async () => {
      const { cookie } = community.registrar.client;
      const response = await fetch(`${test.url}/api/session`, {
        method: "DELETE",
        headers: { Cookie: cookie! },
      });
      expect(response.status).to.equal(403);
    });
  });

  describe("failures", () => {
    it("are problem+json with a code, and quote nothing that was sent", async () => {
      const secret = "110101199001011237";
      const { body, status } = await test.client().post("/session", { keyId: secret, [secret]: 1 });
      expect(status).to.equal(400);
      expect(body).to.include({ code: "InputInvalid", status: 400 });
      expect(body.type).to.equal("urn:mingzhang:error:InputInvalid");
      const faults = body.params.faults as string[];
      expect(faults).to.include("body.keyId: invalid_format");
    });

    it("of malformed and oversized bodies are the sender's", async () => {
      const send = (body: string) =>
        test.client().request("POST", "/session", {
          body,
          headers: { "Content-Type": "application/json" },
        });
      expect(await refused(send("{"), 400)).to.equal("BodyMalformed");
      expect(await refused(send(JSON.stringify("x".repeat(200_000))), 413)).to.equal(
        "BodyTooLarge",
      );
      const text = test.client().request("POST", "/session", { body: "kind=0" });
      expect(await refused(text, 400)).to.equal("InputInvalid");
    });

    it("of unknown addresses are told apart from pages", async () => {
      expect(await refused(test.client().get("/nothing"), 404)).to.equal("RouteNotFound");
      const script = await fetch(`${test.url}/assets/missing.js`);
      expect(script.status).to.equal(404);
    });

    it("all have a status", () => {
      for (const code of ERROR_CODES) expect(statusOf(code), code).to.be.within(400, 599);
    });
  });

  it("sends a strict content security policy with every answer", async () => {
    const { headers } = await test.client().get("/status");
    const policy = headers.get("Content-Security-Policy")!;
    expect(policy).to.contain("default-src 'none'").and.to.contain("frame-ancestors 'none'");
    expect(policy).to.contain("require-trusted-types-for 'script'");
    expect(policy).not.to.contain("unsafe-inline").and.not.to.contain("'unsafe-eval'");
    expect(headers.get("X-Content-Type-Options")).to.equal("nosniff");
    expect(headers.get("X-Powered-By")).to.equal(null);
  });

  describe("a write with an idempotency key", () => {
    const officer = () => ({
      signer: new WalletPerson().signer,
      roles: ["auditor"],
      title: "审计",
    });
    const send = (body: Body, key: string) =>
      community.registrar.client.post(`${community.path}/officers`, body, {
        "Idempotency-Key": key,
      });

    it("is done once and gives the same answer again", async () => {
      const body = officer();
      const first = await ok(send(body, "k1"));
      expect(await ok(send(body, "k1"))).to.deep.equal(first);
      const atOnce = await Promise.all([send(officer(), "k1b"), send(officer(), "k1b")]);
      expect(atOnce.map(({ status }) => status).sort()).to.not.deep.equal([202, 202]);
    });

    it("is refused with another body, and is everybody's own", async () => {
      const body = officer();
      const first = await ok(send(body, "k2"));
      expect(await refused(send(officer(), "k2"), 422)).to.equal("IdempotencyKeyReused");
      const address = `${community.path}/officers`;
      const headers = { "Idempotency-Key": "k2" };
      const other = await ok(community.committee.client.post(address, body, headers));
      expect(other.proposal).not.to.equal(first.proposal);
    });

    it("may be tried again after a refusal", async () => {
      const body = { ...officer(), roles: ["registrar", "committee"] };
      expect(await refused(send(body, "k3"), 422)).to.equal("OfficerRolesConflict");
      await ok(send({ ...body, roles: ["teller"] }, "k3"));
    });

    it("leaves no answer readable in the database", async () => {
      const { proposal } = await ok(send(officer(), "k4"));
      const rows = await test.database.client.idempotentAnswer.findMany();
      for (const { answer } of rows) {
        expect(Buffer.from(answer ?? []).toString("utf8")).not.to.contain(proposal as string);
      }
    });
  });

  it("describes every route in OpenAPI 3.1", async () => {
    const document = await ok(test.client().get("/openapi.json"));
    expect(document.openapi).to.equal("3.1.0");
    const paths = Object.keys(document.paths);
    expect(paths).to.include.members([
      "/api/communities/{community}/records/{index}/proof",
      "/api/communities/{community}/rolls/{roll}/lines",
      "/api/communities/{community}/imports",
      "/api/session",
    ]);
    const { post } = document.paths["/api/communities"];
    expect(post.security).to.deep.equal([{ operator: [] }]);
    expect(post.requestBody.content["application/json"].schema.required).to.include("officers");
  });

  it("tells open pages of what happens, and lets go of them when it stops", async () => {
    const lines = await new Promise<string>((resolve, reject) => {
      const request = http.get(`${test.url}/api${community.path}/events`, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          if (text === "") void proposeOfficer();
          text += chunk;
          if (text.includes("event: proposal")) void test.stop();
        });
        response.on("end", () => resolve(text));
      });
      request.on("error", reject);
    });
    expect(lines).to.match(/event: proposal\ndata: \{"id":"[0-9a-f-]+","kind":"setOfficer"\}\n\n/);
    await test.open();
  });

  const proposeOfficer = () =>
    ok(
      community.registrar.client.post(`${community.path}/officers`, {
        signer: new WalletPerson().signer,
        roles: ["auditor"],
        title: "审计",
      }),
    );
});

describe("rate limits", () => {
  const limits = { challenge: 5, login: 2, enrolment: 1, ballot: 9, rpc: 9, import: 9 };
  let test: TestService;
  before(async () => {
    test = await TestService.start({ limits });
  });
  after(() => test.close());

  const tooMany = async (asking: Promise<Body>): Promise<boolean> =>
    (await asking).body.code === "TooManyRequests";

  it("count logins by key, so that a whole office may sit behind one address", async () => {
    const [first, second] = [new WalletPerson(), new WalletPerson()];
    const proof = await first.prove(test.client(), "login");
    for (let i = 0; i < 2; i++) await test.client().post("/session", proof);
    expect(await tooMany(test.client().post("/session", proof))).to.equal(true);
    await login(test.client(), second);
  });

  it("count enrolments that fail", async () => {
    const body = await new WalletPerson().prove(test.client(), "enrol");
    const send = (): Promise<Body> =>
      test.client().post("/communities/none/enrolments", { code: "x", ...body });
    expect(await tooMany(send())).to.equal(false);
    expect(await tooMany(send())).to.equal(true);
  });

  it("answer 429 with the time to wait", async () => {
    const client = test.client();
    for (let i = 0; i < 5; i++) await client.post("/session/challenge");
    const { status, body, headers } = await client.post("/session/challenge");
    expect(status).to.equal(429);
    expect(body.code).to.equal("TooManyRequests");
    expect(headers.get("Retry-After")).to.equal("60");
  });
});
