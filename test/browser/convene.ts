import { eventually, ok } from "../api/http/client.ts";
import type { TestCommunity } from "../api/registry/community.ts";

export const HOUR = 3600;

/** A meeting of two motions that opens in an hour and some minutes, for an hour. */
export async function convene(community: TestCommunity): Promise<number> {
  const at = (seconds: number): string =>
    new Date(community.test.clock.now().getTime() + seconds * 1000)
      .toISOString()
      .replace(/\.\d+Z$/, "Z");
  const draft = {
    roll: 1,
    title: "2027 年第一次业主大会",
    scope: "全小区",
    organiser: "业主委员会",
    contact: "1 号楼",
    motions: [5, 3].map((item) => ({ title: `事项 ${item}`, text: "全文。", item, documents: [] })),
    opensAt: at(HOUR + 600),
    closesAt: at(2 * HOUR + 600),
    profile: {
      ...{ conflict: "newestFirst", invalid: "participates", deemed: "none" },
      ...{ noticeSeconds: HOUR, paperSeconds: 0, revealSeconds: HOUR, objectionSeconds: HOUR },
      source: "业主大会议事规则 第十二条",
    },
  };
  const path = `${community.path}/meetings`;
  const { proposal } = await ok(community.committee.client.post(path, draft));
  await community.sign(proposal);
  const found = await eventually(async () => {
    const { items } = await ok(community.test.client().get(path));
    return items[0];
  });
  return found.number as number;
}
