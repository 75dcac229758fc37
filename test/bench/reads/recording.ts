import { setTimeout as sleep } from 'node:timers/promises';
import type { DayKey } from '../../../src/inventory/index.js';
import { loadInventory, loadPrisma } from '../dist.js';
import { fixtureDay, randomFrom } from '../fixtures.js';
import { spreadOf } from '../measure.js';
import type { BenchDatabase } from '../postgres.js';
import type { Scope } from '../scope.js';
import { shuffled } from './cases.js';
import type { Catalogue } from './fill.js';

const BY = 'bench';
const EVERY_MS = 10;
const HOUR_MS = 3_600_000;

type Days = InstanceType<Awaited<ReturnType<typeof loadInventory>>['DayRepository']>;
type MakeDocument = Awaited<ReturnType<typeof loadInventory>>['dayDocument'];

/** A mirror beside the server's: records days, changed ones, as the sync does. Whoever listens is told of each. */
export class Recorder {
  /** Round after round through all days. */
  private next = 0;
  private readonly paces: number[] = [];
  private readonly keys: readonly DayKey[];

  private constructor(
    private readonly prisma: InstanceType<Awaited<ReturnType<typeof loadPrisma>>['PrismaService']>,
    private readonly days: Days,
    private readonly documentOf: MakeDocument,
    private readonly catalogue: Catalogue,
  ) {
    const { ids, dates, seed } = catalogue;
    const keys = ids.flatMap((experienceId) => dates.map((date) => ({ experienceId, date })));
    this.keys = shuffled(randomFrom(seed + 2), keys);
  }

  static async start(scope: Scope, { database }: BenchDatabase, catalogue: Catalogue): Promise<Recorder> {
    const { PrismaService } = await loadPrisma();
    const { DayRepository, dayDocument } = await loadInventory();
    const prisma = new PrismaService(database);
    scope.defer(() => prisma.$disconnect());
    return new Recorder(prisma, new DayRepository(prisma), dayDocument, catalogue);
  }

  /** How many days a second were recorded, median of all times. */
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
      // Told at the end.
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
    const [day] = await days.lease(this.prisma, [key], { now, until: leased, longest: leased, by: BY });
    // Locked at this instant, by the server's housekeeping: then the next one.
    if (!day) return this.recordOne();
    const document = this.documentOf(fixtureDay(catalogue.seed + round, key.experienceId, key.date).slots);
    const at = {
      confirmedAt: now,
      staleAfter: later,
      dueAt: later,
      by: BY,
      place: { tempo: 0, turn: 0 },
      oddities: [],
    };
    const { outcome } = await days.record(day, document, at, { seenAt: now, dueAt: later });
    if (outcome !== 'changed') throw new Error(`${key.experienceId} on ${key.date} was ${outcome}`);
  }
}
