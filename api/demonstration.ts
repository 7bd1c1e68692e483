import type { Clock } from "./clock.ts";
import type { DemonstrationSize, Settings } from "./config.ts";
import type { Database, Db } from "./database/client.ts";
import type { Service } from "./service.ts";

/** What `api/demo/load.ts` offers. */
export interface DemonstrationModule {
  /** A clock that begins in the past and can be moved on; it shows the present after `loadDemonstration`. */
  createDemonstrationClock(): Clock;
  /** Fills an empty service whose clock is the one above. */
  loadDemonstration(
    service: Service,
    options: { clock: Clock; size: DemonstrationSize; say: (line: string) => void },
  ): Promise<void>;
}

/** An earlier loading was cut short: half a demonstration would show what never happened. */
export class DemonstrationIncomplete extends Error {
  override readonly name = "DemonstrationIncomplete";
}

export interface Demonstration {
  clock: Clock;
  load(service: Service): Promise<void>;
}

const KEY = "demonstration";
// Named here and not in the import: a production setting never so much as reads it.
const MODULE = "./demo/load.ts";

/** What is to be loaded, on an installation where nothing has ever happened; undefined on any other. */
export async function findDemonstration(
  settings: Settings,
  database: Database,
): Promise<Demonstration | undefined> {
  const { client: db } = database;
  const mark = await db.setting.findUnique({ where: { key: KEY } });
  if (mark?.value === "loading") {
    throw new DemonstrationIncomplete(
      `The demonstration was not loaded to its end. Delete ${settings.dataDirectory} (and the database of DATABASE_URL, if set) and start again.`,
    );
  }
  const size = settings.demonstration;
  if (size === undefined || !(await isUntouched(db))) return undefined;
  const loader = (await import(MODULE)) as DemonstrationModule;
  const clock = loader.createDemonstrationClock();
  return { clock, load: (service) => load(service, { loader, clock, size }) };
}

/** The chain's first block fixes when time begins, so it counts too. */
async function isUntouched(db: Db): Promise<boolean> {
  return (await db.community.count()) === 0 && (await db.chainBlock.count()) === 0;
}

async function load(
  service: Service,
  { loader, clock, size }: { loader: DemonstrationModule; clock: Clock; size: DemonstrationSize },
): Promise<void> {
  const { db } = service;
  await db.setting.create({ data: { key: KEY, value: "loading" } });
  const say = (line: string): void => console.log(line);
  await loader.loadDemonstration(service, { clock, size, say });
  await db.setting.update({ where: { key: KEY }, data: { value: "loaded" } });
}
