import { expect } from "chai";
import { openBundle } from "../../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../../protocol/verify/bundle/verify.ts";
import { ask, get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { TestService } from "./service.ts";

interface OpenApi {
  paths: Record<string, Record<string, { security?: unknown[] }>>;
}

describe("what is public while the vote is open", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let voters: Voter[];
  let meeting: TestMeeting;
  const sent: { leaf: string; signature: string }[] = [];

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    voters = await community.bindKeys(roll, ["1-1-101", "1-1-102", "1-1-201", "2-1-101"]);
    meeting = await TestMeeting.convene(community, roll);
    await meeting.moveTo("opensAt", 1);
  });
  after(() => service.close());

  /** Every public GET route with its parameters filled in, as the OpenAPI document lists them. */
  const readAll = async (): Promise<Map<string, string>> => {
    const { paths } = (await get(service, "/openapi.json")) as OpenApi;
    const answers = new Map<string, string>();
    const values: Record<string, string> = {
      community: community.id,
      meeting: String(meeting.number),
      roll: "1",
      index: "0",
      leaf: sent[0]?.leaf ?? "",
      sha256: (await meeting.view()).motions[0].text,
    };
    for (const [path, methods] of Object.entries(paths)) {
      if (!methods["get"] || (methods["get"].security ?? []).length > 0) continue;
      if (path.endsWith("/events")) continue; // an open stream: see below
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "none");
      const { body } = await ask(service, "GET", filled.replace(/^\/api/, ""));
      answers.set(path, typeof body === "string" ? body : JSON.stringify(body));
    }
    return answers;
  };

  it("says who takes part, and is the same whatever they chose", async () => {
    const before = await readAll();
    expect([...before.keys()]).to.include.members([
      "/api/communities/{community}/meetings/{meeting}",
      "/api/communities/{community}/meetings/{meeting}/batches",
      "/api/communities/{community}/meetings/{meeting}/ballots/{leaf}",
      "/api/communities/{community}/meetings/{meeting}/bundle",
    ]);
    for (const [i, voter] of voters.slice(0, 3).entries()) {
      const body = await meeting.sheet(
        voter,
        i === 0 ? ["for", "against", "abstain"] : ["against", "for", "for"],
      );
      const { leaf } = await meeting.send(body);
      sent.push({ leaf, signature: body["signature"] as string });
      await meeting.sealed(leaf);
    }
    const after = await readAll();
    for (const [path, text] of after) {
      for (const { signature } of sent) expect(text, path).not.to.include(signature.slice(2));
      expect(text, path).not.to.match(/"answers"|"(for|against|abstain)":\{/);
    }
    const { result, skipped } = await meeting.view();
    expect([result, skipped]).to.deep.equal([null, null]);
  });

  it("is announced to open pages by numbers of batches and ballots only", async () => {
    const stream = await fetch(`${service.url}/api${community.path}/events`);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    const { leaf } = await meeting.vote(voters[3]!, "against", "against", "for");
    await meeting.sealed(leaf);
    let text = "";
    while (!text.includes("event: sealed")) text += (await reader.read()).value ?? "";
    await reader.cancel();
    const data = /event: sealed\ndata: (.*)\n/.exec(text)![1]!;
    expect(Object.keys(JSON.parse(data)).sort()).to.deep.equal(["ballots", "batch", "meeting"]);
  });

  it("is verified after the count from the bundle alone", async () => {
    await meeting.moveTo("countsFrom", 1);
    const { result, resultIndex } = await meeting.concluded();
    await community.anchored(resultIndex);
    await service.restart(); // forgets the bundle that was collected while the vote was open
    const response = await fetch(`${service.url}/api${meeting.path}/bundle`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const bundle = await openBundle(bytes);
    const report = await verifyBundle(bundle);
    const faults = report.checks.filter(({ status }) => status !== "ok");
    expect(faults).to.deep.equal([]);
    expect(report.verdict).to.equal("ok");
    expect(report.recount!.motions.map(({ outcome }) => outcome)).to.deep.equal(
      result.map(({ outcome }: { outcome: string }) => outcome),
    );
  });
});
