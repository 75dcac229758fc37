import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { failureText, Notifications } from '../prisma/index.js';
import { Clock, LoggedLately, PeriodicJobs, type Period } from '../time/index.js';
import { Backfills } from './backfill/backfills.js';
import { CLAIM_EVERY_MS } from './budget/pacing.js';
import { SupplierLoops } from './supplier-loops.js';

/**
 * Drives the sync by intervals: one claims days of all suppliers, the others run the periodic jobs of all modules (see
 * `Every`). The scheduler may run ticks of an interval concurrently and does not await them at shutdown. So this class
 * prevents the first and does the second.
 */
@Injectable()
export class SyncService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();
  private readonly running = new Map<Period, Promise<void>>();
  private stopping = false;
  /** This process fetches only days of its backfills, and leaves the queue to others. */
  private backfillsOnly = false;

  constructor(
    private readonly loops: SupplierLoops,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
    backfills: Backfills,
    notifications: Notifications,
  ) {
    const wake = () => {
      for (const loop of loops.all) loop.wake();
    };
    clock.onSet(() => {
      for (const loop of loops.all) loop.forget();
    });
    notifications.on('slotmirror_demand', wake);
    backfills.onBackfill(wake);
  }

  /**
   * Claims days within the budgets and sends their requests. Resolves when they are sent, not when they are answered. The budgets set
   * the pace; this only looks whether it is time.
   */
  @Interval('sync:claim', CLAIM_EVERY_MS)
  async claim(): Promise<void> {
    if (this.stopping) return;
    await Promise.all(this.loops.all.map((loop) => loop.claim(this.backfillsOnly)));
  }

  /** For a process that runs one backfill and ends. */
  fetchBackfillsOnly(): void {
    this.backfillsOnly = true;
  }

  @Interval('jobs:1s', 1_000)
  everySecond(): Promise<void> {
    return this.run('1s');
  }

  @Interval('jobs:2s', 2_000)
  everyTwoSeconds(): Promise<void> {
    return this.run('2s');
  }

  @Interval('jobs:5s', 5_000)
  everyFiveSeconds(): Promise<void> {
    return this.run('5s');
  }

  @Interval('jobs:1m', 60_000)
  everyMinute(): Promise<void> {
    return this.run('1m');
  }

  /** Resolves when no request is in flight. */
  async settled(): Promise<void> {
    await Promise.all(this.loops.all.map((loop) => loop.settled()));
  }

  /** Sends no new requests. Those in flight are finished and recorded. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops.all.map((loop) => loop.claimed()));
    await Promise.all(this.running.values());
    await this.settled();
    await this.runJobs('end');
  }

  /** Runs the jobs of a period one after another, unless they still run or the process stops. */
  private async run(period: Period): Promise<void> {
    if (this.stopping || this.running.has(period)) return;
    const running = this.runJobs(period).finally(() => this.running.delete(period));
    this.running.set(period, running);
    await running;
  }

  private async runJobs(period: Period): Promise<void> {
    for (const { what, run } of this.jobs.of(period)) await this.guarded(what, run);
  }

  private async guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const text = failureText(error);
      if (this.lately.isNew(`${what}: ${text}`, this.clock.now())) this.logger.error(`${what}: ${text}`);
    }
  }
}
