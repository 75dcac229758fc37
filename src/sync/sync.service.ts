import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SupplierSettings } from '../config/index.js';
import { failureText, Notifications } from '../prisma/index.js';
import { Clock, PeriodicJobs, type Period } from '../time/index.js';
import { DayClaims } from './fetch/day-claims.js';
import { DayRefresher } from './fetch/day-refresher.js';
import { FetchEvents } from './fetch/fetch-events.js';
import { ClaimPreparation } from './claim-preparation.js';
import { Backfills } from './backfill/backfills.js';
import type { ClaimedDay } from './schedule/day-queue.js';
import { mostInFlight } from './budget/pacing.js';
import { Recording } from './monitoring/recording.js';
import { LoggedLately } from './budget/logged-lately.js';

/** How often to check whether a request may be sent. The budget sets the pace itself. */
const CLAIM_EVERY_MS = 100;
/** How long to wait after a failure of our own (the database is unreachable). */
const RECOVERY_MS = 1_000;

/**
 * Drives the sync by intervals: one claims days, the others run the periodic jobs of all modules (see `Every`). The scheduler may run ticks of an interval concurrently and does
 * not await them at shutdown. So this class prevents the first and does the second.
 */
@Injectable()
export class SyncService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();
  private readonly inFlight = new Set<Promise<unknown>>();
  private readonly mostInFlight: number;
  private ticking: Promise<void> | undefined;
  private readonly running = new Map<Period, Promise<void>>();
  /** `nextAt`: when to claim next. `allowedAt`: the earliest useful claim, before which the budget allows no request. */
  private nextAt = new Date(0);
  private allowedAt = new Date(0);
  private stopping = false;
  /** This process fetches only days of its backfills, and leaves the queue to others. */
  private backfillsOnly = false;

  constructor(
    private readonly preparation: ClaimPreparation,
    private readonly claims: DayClaims,
    private readonly refresher: DayRefresher,
    private readonly events: FetchEvents,
    private readonly backfills: Backfills,
    private readonly recording: Recording,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
    settings: SupplierSettings,
    notifications: Notifications,
  ) {
    // A reader requests a day, or a backfill begins: claim as soon as the budget allows.
    const wake = () => {
      this.nextAt = new Date(Math.min(this.nextAt.getTime(), this.allowedAt.getTime()));
    };
    clock.onSet(() => (this.nextAt = this.allowedAt = new Date(0)));
    notifications.on('slotmirror_demand', wake);
    backfills.onBackfill(wake);
    this.mostInFlight = mostInFlight(settings.requestsPerMinute, settings.timeoutMs);
  }

  /** Claims days within the budget and sends their requests. Resolves when they are sent, not when they are answered. */
  @Interval('sync:claim', CLAIM_EVERY_MS)
  async claim(): Promise<void> {
    if (this.stopping || this.ticking) return;
    this.ticking = this.claimOnce().finally(() => (this.ticking = undefined));
    await this.ticking;
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
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** Sends no new requests. Those in flight are finished and recorded. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.ticking;
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

  private async claimOnce(): Promise<void> {
    const now = this.clock.now();
    const room = this.mostInFlight - this.inFlight.size;
    if (now < this.nextAt || room <= 0) return;
    this.nextAt = this.allowedAt = new Date(now.getTime() + RECOVERY_MS);
    const looked = await this.guarded('claiming', async () => {
      await this.preparation.run();
      const backfill = await this.backfills.ahead(room);
      const { days, nextAt, idle } = await this.claims.next(room, backfill, this.backfillsOnly);
      this.backfills.asked(backfill.days, days);
      this.nextAt = nextAt;
      this.allowedAt = idle ? now : nextAt;
      days.forEach((day) => {
        this.send(day);
      });
    });
    if (looked !== 'done') {
      this.recording.failed(looked.error);
      return;
    }
    const ended = this.recording.worked();
    if (ended) this.logger.log(`the database records again, as it did before ${ended.since.toISOString()}`);
  }

  private send(day: ClaimedDay): void {
    const request = this.guarded(`experience ${day.experienceId} on ${day.date}`, async () => {
      const sentAt = this.clock.now().getTime();
      const outcome = await this.refresher.refresh(day);
      this.events.emit({ day, outcome, seconds: (this.clock.now().getTime() - sentAt) / 1_000 });
    });
    this.inFlight.add(request);
    void request.finally(() => this.inFlight.delete(request));
  }

  private async guarded(what: string, work: () => Promise<void>): Promise<'done' | { readonly error: unknown }> {
    try {
      await work();
      return 'done';
    } catch (error) {
      const text = failureText(error);
      if (this.lately.isNew(`${what}: ${text}`, this.clock.now())) this.logger.error(`${what}: ${text}`);
      return { error };
    }
  }
}
