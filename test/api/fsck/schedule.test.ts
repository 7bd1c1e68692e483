import { expect } from "chai";
import { FsckJob } from "../../../api/fsck/schedule/job.ts";
import { toIntegrityRecord } from "../../../api/fsck/schedule/verdict.ts";
import { recordBytes } from "../../../protocol/anchor/record.ts";
import { ask, expectProblem, get } from "../assembly/client.ts";
import { TestCommunity } from "../assembly/community.ts";
import { TestService, eventually } from "../assembly/service.ts";

describe("the service's inspection of itself", function () {
  this.timeout(180_000);
  let service: TestService;
  let community: TestCommunity;
  let job: FsckJob;

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    await community.anchored(0);
    job = new FsckJob(service.parts);
  });
  after(() => service.close());

  const read = () => get(service, `${community.path}/integrity`);

  it("has nothing to say before the first time", async () => {
    const { last, running, kinds } = await read();
    expect({ last, running }).to.deep.equal({ last: null, running: false });
    expect(kinds[0]).to.deep.include({ kind: "community", isRecord: true, total: 1, matching: 1 });
  });

  it("is published as a record: what was seen, what was found, what was not looked at", async () => {
    expect(await job.runDue()).to.equal(true);
    const { last } = await read();
    expect(last).to.deep.include({ findings: [], found: 0 });
    expect(last.verdict).not.to.equal("failed");
    const tables = last.inspected.map(({ table }: { table: string }) => table);
    expect(tables).to.include.members(["Record", "LogNode", "Officer", "ChainBlock"]);
    const left = last.notInspected.map(({ what }: { what: string }) => what);
    expect(left).to.include("Session");
    const { bytes } = await get(service, `${community.path}/records/${last.record}`);
    expect(JSON.parse(bytes as string)).to.include({ type: "integrity", verdict: last.verdict });
  });

  it("names what was changed since, and is not due again before its time", async () => {
    expect(await job.runDue()).to.equal(false);
    await service.database.client.community.updateMany({ data: { name: "别苑" } });
    service.clock.seconds += 25 * 3600;
    expect(await job.runDue()).to.equal(true);
    const { last } = await read();
    expect(last).to.include({ verdict: "failed", found: 1 });
    const place = { kind: "differs", table: "Community", row: community.id, field: "name" };
    // What the record says are places; what stands there is shown beside, where everybody may read it anyway.
    expect(last.findings).to.deep.equal([{ ...place, expected: "明苑", found: "别苑" }]);
    const { bytes } = await get(service, `${community.path}/records/${last.record}`);
    expect(bytes).not.to.contain("别苑");
    expect(JSON.parse(bytes as string).findings).to.deep.equal([place]);
  });

  it("counts kind by kind what agrees, differs and waits for the chain", async () => {
    const { kinds, last } = await read();
    const of = (kind: string) => kinds.find((state: { kind: string }) => state.kind === kind);
    expect(of("community")).to.include({ total: 1, mismatching: 1, matching: 0 });
    expect(of("chain").matching).to.be.greaterThan(5);
    const { oldestUnanchored, pending, total } = of("integrity");
    expect(total).to.equal(2);
    expect(pending === 0 ? null : oldestUnanchored.index).to.be.oneOf([null, last.record]);
  });

  it("is asked for by officers, and not again at once", async () => {
    await service.database.client.community.updateMany({ data: { name: "明苑" } });
    const run = (cookie?: string) =>
      ask(service, "POST", `${community.path}/integrity/run`, { cookie });
    expectProblem(await run(), 401, "LoginRequired");
    community.forgetSessions();
    expectProblem(await run(await community.cookieOf("tellerA")), 403, "RoleRequired");
    expectProblem(await run(await community.cookieOf("committee")), 429, "InspectionTooSoon");
    service.clock.seconds += 61;
    const before = (await read()).last.record;
    expect((await run(await community.cookieOf("committee"))).status).to.equal(202);
    const { last } = await eventually(async () => {
      const answer = await read();
      return answer.last.record > before && answer;
    }, 60);
    expect(last.found).to.equal(0);
  });

  it("fits into a record however much is found", () => {
    const findings = Array.from({ length: 2000 }, (_, i) => ({
      kind: "differs" as const,
      table: "RollUnit",
      row: `${"x".repeat(300)}${i}`,
      field: "salt or voter",
    }));
    const report = {
      ...{ verdict: "failed" as const, findings, furtherFindings: 9, chain: null },
      ...{ startedAt: "2027-01-01T00:00:00.000Z", finishedAt: "2027-01-01T00:00:01.000Z" },
      ...{ inspected: [], notInspected: [] },
    };
    const record = toIntegrityRecord(report, "a", new Date(0));
    expect(record).to.include({ found: 2009, verdict: "failed" });
    expect(recordBytes(record).length).to.be.lessThan(65_536);
  });
});
