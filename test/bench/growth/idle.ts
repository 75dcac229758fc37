import { setTimeout as sleep } from 'node:timers/promises';
import type { Samples } from '../measure.js';
import { cpuMs, cpuMsBetween, cpuMsOfChildren } from '../reads/usage.js';
import type { Side } from './side.js';
import type { StandIn } from './stand-in.js';

const WARM_UP_MS = 20_000;
const MEASURED_MS = 60_000;

/** Percents of a core that the service and its PostgreSQL use while nobody reads and the budget is spent. */
export async function measureIdle(side: Side, supplier: StandIn, postmaster: number, samples: Samples): Promise<void> {
  await side.while(async ({ pid }) => {
    await sleep(WARM_UP_MS);
    const before = [await cpuMs(pid), await cpuMsOfChildren(postmaster), supplier.requests.length] as const;
    await sleep(MEASURED_MS);
    const percent = (ms: number) => (100 * ms) / MEASURED_MS;
    samples.add(`service ${side.experiences}`, percent((await cpuMs(pid)) - before[0]));
    samples.add(`postgres ${side.experiences}`, percent(cpuMsBetween(before[1], await cpuMsOfChildren(postmaster))));
    samples.add(`requests ${side.experiences}`, supplier.requests.length - before[2]);
  });
}
