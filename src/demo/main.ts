import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import axios from 'axios';
import { AppLogger } from '../app.logger.js';
import { ServerSettings } from '../config/index.js';
import { SandboxSupplier } from '../sandbox/index.js';
import { failStart, startServer } from '../start.js';
import type { SyncStatus } from '../sync/index.js';
import { demoEnvironment } from './demo-environment.js';
import { FillProgress } from './fill-progress.js';
import { fillOf } from './first-fill.js';
import { greeting, type Bookable } from './greeting.js';

const LOOK_MS = 500;

async function run(): Promise<void> {
  const logger = new AppLogger();
  logger.setLogLevels(['warn', 'error', 'fatal']);
  const sandbox = new SandboxSupplier();
  const sandboxUrl = await sandbox.start();
  const experiences = sandbox.products().map((product) => product.id);
  process.stdout.write('Starting PostgreSQL, the sandbox supplier and the server ...\n');
  const { app, url } = await startServer({
    logger,
    environment: { overrides: (given) => demoEnvironment(given, { url: sandboxUrl, experiences }) },
  });
  const stop = new AbortController();
  // The server's own handlers do the stopping; here it only means not to ask it any more.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop.abort());
  const bookable = await firstBookable(url, experiences, stop.signal);
  if (!bookable) return;
  const { dataDir } = app.get(ServerSettings);
  process.stdout.write(
    greeting({ server: url, sandbox: sandboxUrl, experiences: experiences.length, dataDir }, bookable),
  );
  const progress = new FillProgress(process.stdout);
  for (;;) {
    const status = await get<SyncStatus>(`${url}/api/v1/sync/status`, stop.signal);
    if (!status || progress.show(fillOf(status))) return;
    await wait(LOOK_MS);
  }
}

/** Waits until the first date that can be booked is mirrored: some seconds. Undefined when it is stopped before. */
async function firstBookable(
  url: string,
  experiences: readonly number[],
  stop: AbortSignal,
): Promise<Bookable | undefined> {
  while (!stop.aborted) {
    for (const id of experiences) {
      const answer = await get<{ dates: { date: string }[] }>(`${url}/api/v1/experience/${id}/dates`, stop);
      if (answer?.dates[0]) return { id, date: answer.dates[0].date };
    }
    await wait(LOOK_MS);
  }
  return undefined;
}

/** Undefined once it is stopped: the server may be gone in the middle of an answer. */
async function get<T>(url: string, stop: AbortSignal): Promise<T | undefined> {
  try {
    return (await axios.get<T>(url, { signal: stop })).data;
  } catch (error) {
    if (stop.aborted) return undefined;
    throw error;
  }
}

try {
  await run();
} catch (error) {
  failStart(error);
}
