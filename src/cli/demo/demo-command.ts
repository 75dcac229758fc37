import type { INestApplicationContext } from '@nestjs/common';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import axios from 'axios';
import { ServerSettings } from '../../config/index.js';
import { Catalogue, CatalogueCounts } from '../../experience/index.js';
import { ApiProblem } from '../../http/index.js';
import { startFailure } from '../../prisma/index.js';
import { SandboxSupplier, type Product } from '../../sandbox/index.js';
import { startServer } from '../../start.js';
import { Suppliers } from '../../supplier/index.js';
import { ProductImport, type SyncStatus } from '../../sync/index.js';
import type { Command, Streams } from '../command.js';
import { Progress } from '../progress.js';
import { StderrLogger } from '../stderr-logger.js';
import { stopSignal } from '../stop-signal.js';
import { demoEnvironment, demoSuppliers, OCTO_SUPPLIER } from './demo-environment.js';
import { fillOf, fillText, isFull } from './first-fill.js';
import { greeting, type Bookable } from './greeting.js';

const POLL_MS = 500;
const ACTOR = { name: 'demo', requestId: null };

export const demo: Command = {
  name: 'demo',
  purpose: 'Starts the server on an embedded PostgreSQL, with two sandbox suppliers to mirror: Leap and OCTO.',
  options: {},
  run: async (_options, streams) => {
    const sandbox = new SandboxSupplier();
    const sandboxUrl = await sandbox.start();
    const experiences = sandbox.products().map(({ id }) => id);
    streams.stdout.write('Starting PostgreSQL, the sandbox suppliers and the server ...\n');
    const text = demoSuppliers({ url: sandboxUrl, octoUrl: sandbox.octoUrl(), experiences });
    const { app, url } = await startServer({
      logger: new StderrLogger(),
      environment: { overrides: (given) => withSuppliers(demoEnvironment(given), text) },
    });
    // The server's own handlers stop it; here the signal only ends the polling.
    const stop = stopSignal();
    const { dataDir, adminKeys } = app.get(ServerSettings);
    try {
      await nameProducts(app, sandbox.products());
      const imported = await importProducts(app);
      const places = {
        server: url,
        sandbox: sandboxUrl,
        experiences: experiences.length,
        imported,
        dataDir,
        hasOwnKey: adminKeys.length > 0,
      };
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

/** Writes the file that the environment names, before it is read. */
function withSuppliers(environment: Record<string, string>, text: string): Record<string, string> {
  const { SUPPLIERS_FILE: file = '' } = environment;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return environment;
}

/** Leap has no list of products that names would come from. A name that was changed is kept. */
async function nameProducts(app: INestApplicationContext, products: readonly Product[]): Promise<void> {
  const catalogue = app.get(Catalogue, { strict: false });
  for (const { id, name } of products) {
    const entry = await catalogue.find(id);
    if (entry?.name === null) await catalogue.put(ACTOR, id, entry, { name, timeZone: undefined });
  }
}

/** @returns how many products of the OCTO supplier are mirrored */
async function importProducts(app: INestApplicationContext): Promise<number> {
  const supplier = app.get(Suppliers, { strict: false }).find(OCTO_SUPPLIER);
  if (!supplier) return 0;
  try {
    return (await app.get(ProductImport, { strict: false }).run(ACTOR, supplier, null)).experiences.length;
  } catch (error) {
    const counts = await app.get(CatalogueCounts, { strict: false }).bySupplier();
    const known = counts.find((count) => count.supplier === OCTO_SUPPLIER)?.experiences ?? 0;
    // They were imported at an earlier start, and now it is blocked: a fault of the sandbox was switched on before the end.
    if (!(error instanceof ApiProblem) || known === 0) throw error;
    return known;
  }
}

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
