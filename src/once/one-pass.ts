import { setTimeout as wait } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { Catalogue } from '../experience/index.js';
import { Backfills, SyncService, type BackfillReport } from '../sync/index.js';
import { Clock } from '../time/index.js';
import { CommandLineError, type CommandLine } from './command-line.js';

/** How often to see whether a request may be sent; the pace itself is the budget's. */
const CLAIM_EVERY_MS = 100;
const FLUSH_EVERY_MS = 5_000;

/** Drives the sync of an application without intervals until the pass is over, or stopped. */
export async function onePass(
  app: INestApplicationContext,
  { days, experienceIds, fresh }: CommandLine,
  show: (report: BackfillReport) => void,
  stop: AbortSignal,
): Promise<BackfillReport> {
  const sync = app.get(SyncService);
  sync.fetchBackfillsOnly();
  for (const id of experienceIds ?? []) {
    if (!(await app.get(Catalogue).find(id))) throw new CommandLineError(`--experience: ${id} is not mirrored`);
  }
  const order = { experienceIds, date: null, days: days ?? app.get(MirrorSettings).windowDays, fresh };
  const pass = await app.get(Backfills).take(order);
  for (let elapsed = 0; !pass.over && !stop.aborted; elapsed += CLAIM_EVERY_MS) {
    await sync.claim();
    show(pass.report());
    if (elapsed % FLUSH_EVERY_MS === 0) await sync.flush();
    await wait(CLAIM_EVERY_MS);
  }
  await sync.settled();
  if (!pass.over) pass.finish('stopped', app.get(Clock).now());
  return pass.report();
}
