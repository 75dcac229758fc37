import { setTimeout as sleep } from 'node:timers/promises';
import type { DayKey } from '../../../src/inventory/index.js';
import { NO_PRIORITY } from '../../../src/sync/model/priority.js';
import { daysOf, type Days } from '../days.js';
import { type PrismaService, loadPrisma } from '../dist.js';
import { fixtureDay, randomFrom } from '../fixtures.js';
import { spreadOf } from '../measure.js';
import type { BenchDatabase } from '../postgres.js';
import type { Scope } from '../scope.js';
import { shuffled } from './cases.js';
import type { Catalogue } from './fill.js';

const BY = 'bench';
const EVERY_MS = 10;
const HOUR_MS = 3_600_000;

/** Records changed days beside the server, as the sync does: each is notified to the server's cache. */
export class Recorder {
  /** Round after round through all days. */
  private next = 0;
  private readonly paces: number[] = [];
  private readonly keys: readonly DayKey[];

  private constructor(
    private readonly prisma: PrismaService,
    private readonly days: Days,
    private readonly catalogue: Catalogue,
  ) {
    const { ids, dates, seed } = catalogue;
    const keys = ids.flatMap((experienceId) => dates.map((date) => ({ experienceId, date })));
    this.keys = shuffled(randomFrom(seed + 2), keys);
  }

  static async start(scope: Scope, { database }: BenchDatabase, catalogue: Catalogue): Promise<Recorder> {
    const { PrismaService } = await loadPrisma();
    const prisma = new PrismaService(database);
    scope.defer(() => prisma.$disconnect());
    return new Recorder(prisma, await daysOf(prisma), catalogue);
  }

  /** Days recorded a second: the median over the runs. */
  get pace(): number {
    return spreadOf(this.paces).median;
  }

  /** Records on a grid for as long as `work` takes. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    const recording = this.record(over.signal);
    try {
      return await work();
    } finally {
      over.abort();
      await recording;
    }
  }

  private async record(over: AbortSignal): Promise<void> {
    const start = performance.now();
    const underWay: Promise<void>[] = [];
    let recorded = 0;
    while (!over.aborted) {
      const one = this.recordOne().then(() => {
        recorded++;
      });
      // Reported when all are awaited.
      one.catch(() => undefined);
      underWay.push(one);
      await sleep(Math.max(0, start + underWay.length * EVERY_MS - performance.now()));
    }
    this.paces.push((recorded / (performance.now() - start)) * 1_000);
    await Promise.all(underWay);
  }

  private async recordOne(): Promise<void> {
    const { keys, catalogue, days } = this;
    const round = 1 + Math.floor(this.next / keys.length);
    const key = keys[this.next++ % keys.length];
    if (!key) return;
    const now = new Date();
    const later = new Date(now.getTime() + 24 * HOUR_MS);
    const leased = new Date(now.getTime() + HOUR_MS);
    const [day] = await days.queue.lease(this.prisma, [key], { now, until: leased, longest: leased, by: BY });
    // The server's housekeeping has it locked: the next one will do.
    if (!day) return this.recordOne();
    const document = days.documentOf(fixtureDay(catalogue.seed + round, key.experienceId, key.date).slots);
    const next = { staleAfter: later, dueAt: later, sentAt: later, by: BY, priority: NO_PRIORITY };
    const outcome = await days.record(day, document, now, next);
    if (outcome !== 'changed') throw new Error(`${key.experienceId} on ${key.date} was ${outcome}`);
  }
}
