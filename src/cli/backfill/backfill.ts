import { setTimeout as wait } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { Catalogue } from '../../experience/index.js';
import { Backfills, CLAIM_EVERY_MS, SyncService, type BackfillProgress } from '../../sync/index.js';
import { Clock } from '../../time/index.js';
import { UsageError } from '../options.js';

const SAVE_EVERY_MS = 1_000;
const FLUSH_EVERY_MS = 5_000;

export interface BackfillRequest {
  /** Undefined: the whole window. */
  readonly days: number | undefined;
  /** Null: all. */
  readonly experienceIds: readonly number[] | null;
  /** Also the days that are within their max age. */
  readonly fresh: boolean;
}

/** Drives the sync of an application without intervals until the backfill is over, or stopped. */
export async function backfillDays(
  app: INestApplicationContext,
  { days, experienceIds, fresh }: BackfillRequest,
  stop: AbortSignal,
  show: (report: BackfillProgress) => void,
): Promise<BackfillProgress> {
  const sync = app.get(SyncService);
  sync.fetchBackfillsOnly();
  for (const id of experienceIds ?? []) {
    const entry = await app.get(Catalogue).find(id);
    if (!entry) throw new UsageError(`--experience: ${id} is not mirrored`);
    if (entry.pausedAt !== null) throw new UsageError(`--experience: ${id} is paused; resume it first`);
  }
  const request = { experienceIds, date: null, days: days ?? app.get(MirrorSettings).windowDays, fresh };
  const backfills = app.get(Backfills);
  const backfill = await backfills.take(request, 'command');
  for (let elapsed = 0; !backfill.over && !stop.aborted; elapsed += CLAIM_EVERY_MS) {
    await sync.claim();
    show(backfill.report());
    // Others see how far it is, and may cancel it.
    if (elapsed % SAVE_EVERY_MS === 0) await backfills.save().catch(() => undefined);
    if (elapsed % FLUSH_EVERY_MS === 0) await sync.everyFiveSeconds();
    await wait(CLAIM_EVERY_MS);
  }
  await sync.settled();
  if (!backfill.over) backfill.finish('stopped', app.get(Clock).now());
  return backfill.report();
}
