import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './child.js';
import { load } from './load.js';
import { residentMegabytes } from './usage.js';

const SECONDS = 60;
/** What is judged, and the parts of it that are compared, seconds. */
const LAST = 30;
const PART = 10;

export interface MemoryFigures {
  /** The most in the last half minute. */
  readonly megabytes: number;
  /** The mean of the last ten seconds by that of twenty seconds before. */
  readonly growth: number;
}

export async function memoryUnderLoad(server: ServerProcess, sequencesFile: string): Promise<MemoryFigures> {
  const samples: number[] = [];
  const loading = load(server.origin, sequencesFile, SECONDS);
  const sampling = (async () => {
    for (let second = 0; second < SECONDS; second++) {
      await sleep(1_000);
      samples.push(await residentMegabytes(server.pid));
    }
  })();
  await Promise.all([loading, sampling]);
  const last = samples.slice(-LAST);
  return { megabytes: Math.max(...last), growth: mean(last.slice(-PART)) / mean(last.slice(0, PART)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
