import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SupplierSettings } from '../config/index.js';
import { failureText, Notifications } from '../prisma/index.js';
import { Clock } from '../time/index.js';
import { DayClaims } from './fetch/day-claims.js';
import { DayRefresher } from './fetch/day-refresher.js';
import { FetchEvents } from './fetch/fetch-events.js';
import { Housekeeping } from './housekeeping.js';
import { LiveFeed } from './monitoring/live-feed.js';
import { DayFigures } from './monitoring/day-figures.js';
import { Observations } from './fetch/observations.js';
import { Backfills } from './backfill/backfills.js';
import type { ClaimedDay } from './schedule/day-queue.js';
import { Planning } from './schedule/planning.js';
import { mostInFlight } from './budget/pacing.js';
import { Recording } from './monitoring/recording.js';
import { SyncRuns } from './monitoring/sync-runs.js';
import { LoggedLately } from './budget/logged-lately.js';

/** How often to check whether a request may be sent. The budget sets the pace itself. */
const CLAIM_EVERY_MS = 100;
const FLUSH_EVERY_MS = 5_000;
/** How often one experience is replanned: 450 experiences in a quarter of an hour. */
const REPLAN_EVERY_MS = 2_000;
const PUBLISH_EVERY_MS = 1_000;
const UPKEEP_EVERY_MS = 60_000;
/** How long to wait after a failure of our own (the database is unreachable). */
const RECOVERY_MS = 1_000;

/**
 * Drives the sync by intervals, each of which does one thing. The scheduler may run ticks of an interval concurrently and does
 * not await them at shutdown. So this class prevents the first and does the second.
 */
@Injectable()
export class SyncService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();
  private readonly inFlight = new Set<Promise<unknown>>();
  private readonly mostInFlight: number;
  private ticking: Promise<void> | undefined;
  private replanning: Promise<unknown> | undefined;
  private publishing: Promise<unknown> | undefined;
  /** `nextAt`: when to claim next. `allowedAt`: the earliest useful claim, before which the budget allows no request. */
  private nextAt = new Date(0);
  private allowedAt = new Date(0);
  private stopping = false;
  /** This process fetches only days of its backfills, and leaves the queue to others. */
  private backfillsOnly = false;

  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly claims: DayClaims,
    private readonly refresher: DayRefresher,
    private readonly runs: SyncRuns,
    private readonly figures: DayFigures,
    private readonly events: FetchEvents,
    private readonly feed: LiveFeed,
    private readonly observations: Observations,
    private readonly backfills: Backfills,
    private readonly planning: Planning,
    private readonly recording: Recording,
    private readonly clock: Clock,
    settings: SupplierSettings,
    notifications: Notifications,
  ) {
    // A reader requests a day, or a backfill begins: claim as soon as the budget allows.
    const wake = () => {
      this.nextAt = new Date(Math.min(this.nextAt.getTime(), this.allowedAt.getTime()));
    };
    clock.onSet(() => (this.nextAt = this.allowedAt = new Date(0)));
    notifications.on('slotmirror_wanted', wake);
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

  @Interval('sync:flush', FLUSH_EVERY_MS)
  async flush(): Promise<void> {
    await this.guarded('ending pauses', () => this.housekeeping.endPauses());
    await this.guarded('storing the runs', () => this.runs.flush());
    await this.guarded('storing what was learned', () => this.observations.flush());
  }

  /** Publishes the state to the listeners of the live feed. */
  @Interval('sync:publish', PUBLISH_EVERY_MS)
  async publish(): Promise<void> {
    if (this.stopping || this.publishing) return;
    this.publishing = this.guarded('publishing', () => this.feed.publish()).finally(
      () => (this.publishing = undefined),
    );
    await this.publishing;
  }

  /** Updates priorities from the learned rates. */
  @Interval('sync:replan', REPLAN_EVERY_MS)
  async replan(): Promise<void> {
    if (this.stopping || this.replanning) return;
    this.replanning = this.guarded('planning', () => this.planning.next()).finally(() => (this.replanning = undefined));
    await this.replanning;
  }

  @Interval('sync:upkeep', UPKEEP_EVERY_MS)
  async upkeep(): Promise<void> {
    await this.guarded('upkeep', () => this.housekeeping.tidy());
    await this.guarded('measuring', () => this.runs.measure((now) => this.figures.ages(now)));
  }

  /** Resolves when no request is in flight. */
  async settled(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** Sends no new requests. Those in flight are finished and recorded. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.ticking;
    await this.replanning;
    await this.publishing;
    await this.settled();
    await this.guarded('storing the last run', () => this.runs.flush(true));
    await this.guarded('storing what was learned', () => this.observations.flush());
  }

  private async claimOnce(): Promise<void> {
    const now = this.clock.now();
    const room = this.mostInFlight - this.inFlight.size;
    if (now < this.nextAt || room <= 0) return;
    this.nextAt = this.allowedAt = new Date(now.getTime() + RECOVERY_MS);
    const looked = await this.guarded('claiming', async () => {
      await this.housekeeping.prepare();
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
