import type { Db } from "../../database/client.ts";
import type { Registry } from "../../registry/service.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";

const KEPT_ROLLS = 20;

/** The areas of voters by number. A frozen roll never changes, so its areas are read once. */
export class RollAreas {
  readonly #db: Db;
  readonly #registry: Registry;
  readonly #rolls = new Map<string, Promise<readonly bigint[]>>();

  constructor(db: Db, registry: Registry) {
    this.#db = db;
    this.#registry = registry;
  }

  get({ communityId, roll }: ConvenedMeeting): Promise<readonly bigint[]> {
    const key = `${communityId} ${roll}`;
    const known = this.#rolls.get(key);
    if (known) return known;
    const areas = this.#registry.rolls.areas(this.#db, communityId, roll);
    areas.catch(() => this.#rolls.delete(key));
    const oldest = this.#rolls.keys().next();
    if (this.#rolls.size >= KEPT_ROLLS && !oldest.done) this.#rolls.delete(oldest.value);
    this.#rolls.set(key, areas);
    return areas;
  }
}
