import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DEMO_COMMUNITY } from "../../api/demo/community.ts";
import { castSheet, keyOf, signSheet } from "../../api/demo/household.ts";
import { doAll } from "../../api/demo/pool.ts";
import { createStory } from "../../api/demo/story.ts";
import type { SigningDomain } from "../../protocol/registry/messages.ts";
import { openBundle } from "../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { HttpPort } from "./servicePort.ts";
import { ServiceProcess } from "./serviceProcess.ts";
import { timeSeconds } from "./speed.ts";
import type { Speed } from "./speed.ts";

/** Under way in the demonstration. */
const MEETING = 2;
const AT_ONCE = [1, 16];
const COMMUNITY = "/communities/:community";

/** The demonstration as a visitor meets it: loading, starting again, ballots taken in, its finished meeting recounted. */
export async function measureService(): Promise<Speed[]> {
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-bench-"));
  let service: ServiceProcess | undefined;
  const start = async (): Promise<{ url: string; seconds: number }> => {
    let url = "";
    const seconds = await timeSeconds(async () => {
      service = new ServiceProcess({ dataDirectory, args: [] });
      url = await service.ready();
    });
    return { url, seconds };
  };
  try {
    const first = await start();
    await service?.end("SIGTERM");
    const second = await start();
    return [
      { name: "first start, demonstration loaded", value: first.seconds, unit: "s" },
      { name: "second start", value: second.seconds, unit: "s" },
      ...(await measureAcceptance(second.url)),
      await measureBundle(second.url),
    ];
  } finally {
    await service?.end("SIGTERM");
    fs.rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** All who hold a key vote (again), so and so many at once; each ballot is checked and stored before it is answered. */
async function measureAcceptance(url: string): Promise<Speed[]> {
  const port = new HttpPort({ url: () => url, keyOf: noLogin });
  const speeds: Speed[] = [];
  for (const atOnce of AT_ONCE) {
    const sheets = await signAll(port);
    const seconds = await timeSeconds(() =>
      doAll(sheets, atOnce, (sheet) =>
        castSheet(port, { communityId: DEMO_COMMUNITY, meeting: MEETING }, sheet),
      ),
    );
    const name = `ballots accepted over HTTP, ${atOnce} at once (three motions, mixed keys)`;
    speeds.push({ name, value: sheets.length / seconds, unit: "ballots/s" });
  }
  return speeds;
}

const noLogin = (): never => {
  throw new Error("whoever votes does not log in");
};

/** Signed beforehand: that is the voters' devices' work. Everybody answers otherwise than in the last round. */
let round = 0;

async function signAll(port: HttpPort) {
  const params = { community: DEMO_COMMUNITY };
  const community = await port.ask<{ chainId: number; assembly: `0x${string}` }>({
    ...{ method: "get", path: COMMUNITY, params },
  });
  const domain: SigningDomain = { chainId: community.chainId, contract: community.assembly };
  const { items } = await port.ask<{ items: { page: number; position: number; keyId: string }[] }>({
    ...{ method: "get", path: `${COMMUNITY}/rolls/:roll/keys` },
    params: { ...params, roll: MEETING },
  });
  const places = new Map(items.map((key) => [key.keyId, key]));
  const { keyHolders, first } = createStory("full");
  const able = keyHolders.filter((owner) => !first.lost.includes(owner));
  const answers = (["abstain", "against"] as const)[round++]!;
  return Promise.all(
    able.map(({ units }) => {
      const key = keyOf(units[0]!);
      const place = places.get(key.keyId)!;
      const vote = { communityId: DEMO_COMMUNITY, meeting: MEETING, domain, key, place };
      return signSheet({ ...vote, answers: [answers, "abstain", answers] });
    }),
  );
}

/** The whole check that `mingzhang verify --bundle` makes. */
async function measureBundle(url: string): Promise<Speed> {
  const address = `${url}/api/communities/${DEMO_COMMUNITY}/meetings/1/bundle`;
  const bundle = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const seconds = await timeSeconds(async () => {
    const { verdict } = await verifyBundle(await openBundle(bundle));
    if (verdict !== "ok") throw new Error("the demonstration does not verify");
  });
  return {
    name: "finished meeting of 1,505 voters verified from its bundle",
    value: seconds,
    unit: "s",
  };
}
