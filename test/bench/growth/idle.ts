import { setTimeout as sleep } from 'node:timers/promises';
import type { Samples } from '../measure.js';
import { cpuMs, cpuMsBetween } from '../reads/usage.js';
import type { Side } from './side.js';

/** Standing idle lasts for days. After this time V8 has compiled nearly all that runs every few seconds. */
const WARM_UP_MS = 10 * 60_000;
const MEASURED_MS = 60_000;

/** Percents of a core that the service and its PostgreSQL use while nobody reads and the budget is spent. */
export async function measureIdle(side: Side, samples: Samples): Promise<void> {
  await side.resume();
  await side.while(async ({ pid }) => {
    await sleep(WARM_UP_MS);
    const before = [await cpuMs(pid), await cpuMsOfBackends(side), side.supplier.requests.length] as const;
    await sleep(MEASURED_MS);
    const percent = (ms: number) => (100 * ms) / MEASURED_MS;
    samples.add(`service ${side.experiences}`, percent((await cpuMs(pid)) - before[0]));
    samples.add(`postgres ${side.experiences}`, percent(cpuMsBetween(before[1], await cpuMsOfBackends(side))));
    samples.add(`requests ${side.experiences}`, side.supplier.requests.length - before[2]);
  });
}

/** CPU time used so far by each PostgreSQL process that serves this side. Not that of those that have ended, as connections do after a minute. */
async function cpuMsOfBackends({ client }: Side): Promise<ReadonlyMap<number, number>> {
  const { rows } = await client.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  const used = await Promise.all(rows.map(async ({ pid }) => [pid, await cpuMs(pid)] as const));
  return new Map(used.filter(([, ms]) => Number.isFinite(ms)));
}
