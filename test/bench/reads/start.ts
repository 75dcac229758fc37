import { setTimeout as sleep } from 'node:timers/promises';
import { spreadOf } from '../measure.js';
import type { BenchDatabase } from '../postgres.js';
import type { Scope } from '../scope.js';
import { startOurs } from './child.js';

const PAUSE_MS = 5;

/** Seconds until the server answers `path`, with a database of its own that was closed in order. */
export async function secondsToFirstAnswer(
  scope: Scope,
  database: BenchDatabase,
  path: string,
  runs: number,
): Promise<number> {
  await database.stop();
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) seconds.push(await startOnce(scope, database.dir, path));
  return spreadOf(seconds).median;
}

async function startOnce(scope: Scope, dir: string, path: string): Promise<number> {
  const start = performance.now();
  const server = await startOurs(scope, 'starting', dir, { DATA_DIR: dir });
  while ((await fetch(server.origin + path)).status !== 200) await sleep(PAUSE_MS);
  const seconds = (performance.now() - start) / 1_000;
  await server.stop();
  return seconds;
}
