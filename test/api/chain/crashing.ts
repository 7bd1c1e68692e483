// Run as a process of its own and killed at any instant: enqueues notes as fast as it can and says which were
// acknowledged. Arguments: database, node (or "embedded"), relayer key, contracts as JSON.
import { pino } from "pino";
import type { Contracts } from "../../../api/chain/contracts.ts";
import { openChain } from "../../../api/chain/service.ts";
import { systemClock } from "../../../api/clock.ts";
import { connectDatabase } from "../../../api/database/client.ts";
import { COMMUNITY, toText } from "./harness.ts";

const [url, node, relayerKey, contracts] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const database = connectDatabase(url);
const db = database.client;
const chain = await openChain(
  {
    relayerKey: relayerKey as `0x${string}`,
    idleSeconds: 0.05,
    rpcUrl: node === "embedded" ? undefined : node,
  },
  {
    db,
    databaseUrl: url,
    clock: systemClock,
    log: pino({ level: "silent" }),
    contracts: JSON.parse(contracts) as Contracts,
  },
);
chain.onMined("note", async (tx, { ref }) => {
  // One more row for every time that the handler runs.
  await tx.setting.create({ data: { key: `handled ${ref} ${crypto.randomUUID()}`, value: 1 } });
});
chain.start();
console.log("ready");

async function enqueueForever(): Promise<never> {
  for (;;) {
    const ref = crypto.randomUUID().slice(0, 30);
    await db.$transaction((tx) =>
      chain.enqueue(tx, {
        communityId: COMMUNITY,
        contract: "anchor",
        functionName: "note",
        args: [toText(ref)],
        kind: "note",
        ref,
      }),
    );
    console.log(`note ${ref}`);
    chain.wake();
  }
}

await Promise.all([enqueueForever(), enqueueForever()]);
