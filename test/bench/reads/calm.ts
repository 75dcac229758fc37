import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './child.js';
import { cpuMs } from './usage.js';

const LOOK_MS = 5_000;
/** Share of a core. */
const CALM = 0.1;
const MOST_LOOKS = 120;

/** Resolves when the server has planned the days of a new catalogue. */
export async function untilCalm({ name, pid }: ServerProcess): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const before = await cpuMs(pid);
    await sleep(LOOK_MS);
    // Without /proc the usage is unknown (NaN), and the server counts as idle.
    if (!((await cpuMs(pid)) - before > CALM * LOOK_MS)) return;
  }
  throw new Error(`${name} is still busy after ${(MOST_LOOKS * LOOK_MS) / 60_000} minutes`);
}
