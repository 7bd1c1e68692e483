import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { expect } from "chai";
import { type PublishedRecord, recordBytes } from "../../../protocol/anchor/record.ts";
import { toRelease } from "../../../protocol/fund/export/ocds.ts";
import type { ProjectRecord } from "../../../protocol/fund/project.ts";
import schema from "../../vectors/ocds/release-schema-1__1__5.json" with { type: "json" };

const ajv = new Ajv.default({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const HASH = `0x${"ab".repeat(32)}`;
const document = { name: "合同.pdf", sha256: HASH };
const payee = { name: "永固建筑工程有限公司", accountTail: "0421", account: HASH };

function step<Type extends ProjectRecord["type"]>(
  type: Type,
  date: string,
  fields: Partial<Extract<ProjectRecord, { type: Type }>>,
): ProjectRecord {
  const common = { v: 1, community: "sample", at: `${date}T08:00:00Z`, project: 3, author: HASH };
  const record = {
    ...common,
    note: "三号楼电梯更换",
    documents: [document],
    ...fields,
    type,
    date,
  };
  recordBytes(record as PublishedRecord); // a sample that is no record would prove nothing
  return record as ProjectRecord;
}

const milestones = [
  { title: "设备到场", amount: "4000000" },
  { title: "验收合格", amount: "5900050" },
];
const LIFE: ProjectRecord[] = [
  step("project", "2025-01-10", {
    ...{
      title: "三号楼电梯更换",
      category: "lift",
      route: "vote",
      ground: null,
      estimate: "9999999",
    },
  }),
  step("projectQuote", "2025-01-20", { quote: 1, supplier: payee.name, amount: "9900050" }),
  step("projectQuote", "2025-01-21", { quote: 2, supplier: "捷升电梯有限公司", amount: "9980000" }),
  step("projectVote", "2025-03-01", { meeting: 2, motion: 0 }),
  step("projectContract", "2025-03-10", {
    ...{ contract: 1, quote: 1, payee, amount: "9900050", milestones },
  }),
  step("projectWork", "2025-04-01", {}),
  step("projectAcceptance", "2025-04-02", { claim: 1, milestone: 0, accepted: false }),
  step("projectAcceptance", "2025-04-05", { claim: 1, milestone: 0, accepted: true }),
  step("projectInvoice", "2025-04-06", {
    ...{ milestone: 0, invoice: "25312000000012345678", amount: "4000000", sha256: HASH },
  }),
  step("projectPayment", "2025-04-10", {
    ...{ payment: 7, milestone: 0, claim: 2, amount: "4000000", payee, invoice: HASH },
    ...{ approvers: [HASH], transaction: HASH, entry: 41 },
  }),
  step("projectAudit", "2025-06-01", {
    ...{ auditor: "正信造价咨询", claimed: "9900050", confirmed: "9800050" },
  }),
  step("projectSettlement", "2025-06-30", { paid: "4000000", released: "5900050" }),
];

const releaseAfter = (steps: number) =>
  toRelease({
    community: { id: "sample", name: "示范花园" },
    prefix: "ocds-213czf",
    base: "https://example.org/api/communities/sample",
    records: LIFE.slice(0, steps),
  });

describe("a project as an OCDS release", () => {
  for (const [i, { type, date }] of LIFE.entries()) {
    it(`is valid after ${type} of ${date}`, () => {
      const isValid = validate(releaseAfter(i + 1));
      expect(isValid, JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  it("says how far the project has come, and what was paid", () => {
    expect(releaseAfter(1)?.tag).to.deep.equal(["planning"]);
    expect(releaseAfter(3)?.tag).to.deep.equal(["planning", "tender"]);
    const { tag, contracts } = releaseAfter(LIFE.length)!;
    expect(tag).to.deep.equal(["planning", "tender", "award", "contract", "implementation"]);
    const [contract] = contracts!;
    expect(contract?.status).to.equal("terminated");
    expect(contract?.implementation?.transactions[0]?.value).to.deep.equal({
      amount: 40_000,
      currency: "CNY",
    });
    const states = contract?.implementation?.milestones.map(({ status }) => status);
    expect(states).to.deep.equal(["met", "scheduled"]);
  });

  it("is none before the project has begun", () => {
    expect(releaseAfter(0)).to.equal(undefined);
  });
});
