import { setTimeout as wait } from 'node:timers/promises';
import axios from 'axios';
import { ServerSettings } from '../../config/index.js';
import { startFailure } from '../../prisma/index.js';
import { SandboxSupplier } from '../../sandbox/index.js';
import { startServer } from '../../start.js';
import type { SyncStatus } from '../../sync/index.js';
import type { Command, Streams } from '../command.js';
import { Progress } from '../progress.js';
import { StderrLogger } from '../stderr-logger.js';
import { stopSignal } from '../stop-signal.js';
import { demoEnvironment } from './demo-environment.js';
import { fillOf, fillText, isFull } from './first-fill.js';
import { greeting, type Bookable } from './greeting.js';

const POLL_MS = 500;

export const demo: Command = {
  name: 'demo',
  purpose: 'Starts the server on an embedded PostgreSQL, with a sandbox supplier to mirror.',
  options: {},
  run: async (_options, streams) => {
    const sandbox = new SandboxSupplier();
    const sandboxUrl = await sandbox.start();
    const experiences = sandbox.products().map(({ id }) => id);
    streams.stdout.write('Starting PostgreSQL, the sandbox supplier and the server ...\n');
    const { app, url } = await startServer({
      logger: new StderrLogger(),
      environment: { overrides: (given) => demoEnvironment(given, { url: sandboxUrl, experiences }) },
    });
    // The server's own handlers stop it; here the signal only ends the polling.
    const stop = stopSignal();
    const { dataDir } = app.get(ServerSettings);
    const places = { server: url, sandbox: sandboxUrl, experiences: experiences.length, dataDir };
    try {
      streams.stdout.write(greeting(places, await firstBookable(url, experiences, stop)));
      await showFill(url, streams, stop);
    } catch (error) {
      if (!stop.aborted) {
        await app.close();
        throw error;
      }
    }
    return 0;
  },
  explain: startFailure,
};

/** Waits until the first date that can be booked is mirrored: some seconds. */
async function firstBookable(url: string, experiences: readonly number[], stop: AbortSignal): Promise<Bookable> {
  for (;;) {
    for (const id of experiences) {
      const { dates } = await get<{ dates: { date: string }[] }>(`${url}/api/v1/experience/${id}/dates`, stop);
      if (dates[0]) return { id, date: dates[0].date };
    }
    await wait(POLL_MS, undefined, { signal: stop });
  }
}

async function showFill(url: string, { stdout, stderr }: Streams, stop: AbortSignal): Promise<void> {
  const progress = new Progress(stderr);
  for (;;) {
    const fill = fillOf(await get<SyncStatus>(`${url}/api/v1/sync/status`, stop));
    if (isFull(fill)) {
      progress.end();
      stdout.write(`All ${fill.days} days are mirrored. From here on each is refreshed in time.\n`);
      return;
    }
    progress.show(fill.confirmed, fill.days, fillText(fill));
    await wait(POLL_MS, undefined, { signal: stop });
  }
}

async function get<T>(url: string, stop: AbortSignal): Promise<T> {
  return (await axios.get<T>(url, { signal: stop })).data;
}
