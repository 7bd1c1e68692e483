import { EventHub } from "../http/events.ts";
import { sessionRoutes } from "../http/sessionRoutes.ts";
import type { RandomBytes } from "../../protocol/registry/permutation.ts";
import type { Settings } from "../config.ts";
import { connectDatabase } from "../database/client.ts";
import type { Database } from "../database/client.ts";
import { createCommunity, waitForCommunity } from "../registry/community/create.ts";
import { registryRoutes } from "../registry/routes.ts";
import { openService } from "../service.ts";
import type { Service } from "../service.ts";
import { createCalendar } from "./calendar.ts";
import { createTravellingClock } from "./clock.ts";
import { DEMO_COMMUNITY } from "./community.ts";
import { COMMUNITY_NAME } from "./motions.ts";
import { FOUNDERS, createOfficers } from "./officers.ts";
import { createRoutePort } from "./port.ts";
import type { Port } from "./port.ts";
import { createRandom } from "./random.ts";
import { FIRST_DAY, listScenes } from "./scenes.ts";
import type { Scene } from "./scenes.ts";
import { DEMO_SEED, createStory } from "./story.ts";
import type { DemoSizeName } from "./story.ts";
import { Town } from "./town.ts";

export interface LoadOptions {
  size: DemoSizeName;
  /** Told what is happening, now and then. */
  say: (line: string) => void;
  /** The day to which the story leads; default: today. */
  now?: Date;
}

/**
 * Tells the story of the demonstration on an empty database, through a service of its own whose clock walks through
 * the past: what serves afterwards is opened anew, with the true time and true random numbers.
 */
export async function loadDemonstration(
  settings: Settings,
  database: Database,
  { size, say, now = new Date() }: LoadOptions,
): Promise<void> {
  const calendar = createCalendar(now);
  const story = createStory(size);
  const clock = createTravellingClock(calendar.at(FIRST_DAY, 9));
  const hasty = connectDatabase(withoutSync(database.url));
  const random = createSeededBytes();
  const service = await openService(settings, { clock, database: hasty, random });
  try {
    const town = await foundTown(service);
    const scenes = listScenes(story, calendar);
    const tell = createTeller(scenes.length, say);
    for (const [i, scene] of scenes.entries()) {
      tell(scene, i);
      clock.travelTo(scene.at);
      await scene.play(town);
    }
  } finally {
    await service.close();
    await hasty.close();
  }
}

/** What is lost in a crash while loading is told anew anyway, so no commit waits for the disk but the last one. */
function withoutSync(url: string): string {
  const address = new URL(url);
  address.searchParams.set("options", "-c synchronous_commit=off");
  return address.href;
}

async function foundTown(service: Service): Promise<Town> {
  const officers = createOfficers();
  const { context } = service.registry;
  await createCommunity(context, {
    id: DEMO_COMMUNITY,
    name: COMMUNITY_NAME,
    demonstration: true,
    officers: FOUNDERS.map((office) => officers[office]),
  });
  await waitForCommunity(context, DEMO_COMMUNITY);
  return new Town({ service, port: createPort(service), communityId: DEMO_COMMUNITY, officers });
}

function createPort(service: Service): Port {
  const { sessions, registry, assembly, fund, log } = service;
  const site = "http://localhost";
  const routes = [
    ...sessionRoutes({ sessions, origins: [site], isSecure: false }),
    ...registryRoutes(registry, new EventHub(log)),
    ...assembly.routes,
    ...fund.routes,
  ];
  return createRoutePort(routes, site);
}

/** Voter numbers and salts of the demonstration: the same everywhere, and secret from nobody. */
function createSeededBytes(): RandomBytes {
  const random = createRandom(DEMO_SEED);
  let drawn = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      bytes.set(random.bytes(`draw ${drawn++}`).subarray(0, length - at), at);
    }
    return bytes;
  };
}

const SILENCE_MILLISECONDS = 1500;

/** A line at every turn of the story, but not one for each of its fifty scenes. */
function createTeller(scenes: number, say: LoadOptions["say"]): (scene: Scene, i: number) => void {
  let last = { title: "", at: 0 };
  return ({ title, at }, i) => {
    const now = Date.now();
    if (title === last.title || now - last.at < SILENCE_MILLISECONDS) return;
    last = { title, at: now };
    const percent = String(Math.floor((100 * i) / scenes)).padStart(3);
    say(`  ${percent} %  ${at.toISOString().slice(0, 10)}  ${title}`);
  };
}
