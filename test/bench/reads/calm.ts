import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './child.js';
import { cpuMs } from './usage.js';

const LOOK_MS = 5_000;
/** Share of a core. */
const CALM = 0.1;
const MOST_LOOKS = 120;

/** Until the server has done what it does once for a catalogue that it did not know: each day gets its place in the queue. */
export async function untilCalm({ name, pid }: ServerProcess): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const before = await cpuMs(pid);
    await sleep(LOOK_MS);
    // Where it can't be told, it is believed.
    if (!((await cpuMs(pid)) - before > CALM * LOOK_MS)) return;
  }
  throw new Error(`${name} does not come to rest`);
}
