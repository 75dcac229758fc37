import { Logger } from '@nestjs/common';
import { failureText, isDatabaseFailure } from '../prisma/index.js';
import type { Supplier } from '../supplier/index.js';
import { LoggedLately, type Clock } from '../time/index.js';
import type { Backfills } from './backfill/backfills.js';
import { mostInFlight } from './budget/pacing.js';
import type { ClaimPreparation } from './claim-preparation.js';
import type { DayClaims } from './fetch/day-claims.js';
import type { DayRefresher } from './fetch/day-refresher.js';
import type { ClaimedSpan } from './fetch/span-leases.js';
import { unlearned, type FetchedDay, type FetchEvents } from './fetch/fetch-events.js';
import type { Recording } from './monitoring/recording.js';

/** How long to wait after a failure of our own (the database is unreachable). */
const RECOVERY_MS = 1_000;

/** What all loops share. */
export interface LoopNeeds {
  readonly preparation: ClaimPreparation;
  readonly backfills: Backfills;
  readonly events: FetchEvents;
  readonly recording: Recording;
  readonly clock: Clock;
}

/** Requests of a supplier beside those for days. */
export interface OtherRequests {
  /** Takes a grant for the next one, if one is to be sent. @returns how to send it */
  claim(): Promise<(() => Promise<void>) | null>;
}

/** Claims days of one supplier and fetches them. No loop waits for another. */
export class SupplierLoop {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();
  private readonly inFlight = new Set<Promise<unknown>>();
  private readonly mostInFlight: number;
  private ticking: Promise<void> | undefined;
  /** `nextAt`: when to claim next. `allowedAt`: the earliest useful claim, before which the budget allows no request. */
  private nextAt = new Date(0);
  private allowedAt = new Date(0);
  /** Nothing was due at the last claim. */
  private idle = false;
  /** How often somebody began to wait. */
  private wakes = 0;

  constructor(
    private readonly supplier: Supplier,
    readonly claims: DayClaims,
    private readonly refresher: DayRefresher,
    private readonly others: OtherRequests,
    private readonly needs: LoopNeeds,
  ) {
    const { requestsPerMinute, timeoutMs } = supplier.settings;
    this.mostInFlight = mostInFlight(requestsPerMinute, timeoutMs);
  }

  /** A reader requests a day, or a backfill begins: claim as soon as the budget allows. */
  wake(): void {
    this.wakes += 1;
    this.nextAt = new Date(Math.min(this.nextAt.getTime(), this.allowedAt.getTime()));
  }

  /** The clock was set: earlier instants mean nothing. */
  forget(): void {
    this.nextAt = this.allowedAt = new Date(0);
  }

  /**
   * Claims days within the budget and sends their requests. Resolves when they are sent, not when they are answered.
   * @param backfillsOnly leaves the queue to others
   */
  async claim(backfillsOnly: boolean): Promise<void> {
    if (this.ticking || this.needs.clock.now() < this.nextAt) return;
    this.ticking = this.claimOnce(backfillsOnly).finally(() => (this.ticking = undefined));
    await this.ticking;
  }

  /** Resolves when no claim is running. */
  async claimed(): Promise<void> {
    await this.ticking;
  }

  /** Resolves when no request is in flight. */
  async settled(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  private async claimOnce(backfillsOnly: boolean): Promise<void> {
    const { preparation, backfills, recording, clock } = this.needs;
    const now = clock.now();
    const room = this.mostInFlight - this.inFlight.size;
    if (room <= 0) return;
    this.nextAt = this.allowedAt = new Date(now.getTime() + RECOVERY_MS);
    const { name } = this.supplier;
    const { wakes } = this;
    try {
      await preparation.run();
      if (!backfillsOnly) await this.sendOther();
      const backfill = await backfills.ahead(name, room);
      const { spans, nextAt, allowedAt, idle } = await this.claims.next(room, backfill, backfillsOnly);
      backfills.claimed(
        name,
        backfill.days,
        spans.flatMap((span) => span.days),
      );
      // Who began to wait meanwhile may have been overlooked.
      this.nextAt = this.wakes === wakes ? nextAt : allowedAt;
      this.allowedAt = allowedAt;
      this.idle = idle;
      for (const span of spans) this.send(span);
    } catch (error) {
      this.log(`claiming for ${name}`, error);
      recording.failed(name, error);
      return;
    }
    const ended = recording.worked(name);
    if (ended) this.logger.log(`the database records again, as it did before ${ended.since.toISOString()}`);
  }

  private async sendOther(): Promise<void> {
    const send = await this.others.claim();
    if (send) this.track(send(), `the notifications of ${this.supplier.name}`);
  }

  private send(span: ClaimedSpan): void {
    const [first] = span.days;
    this.track(this.fetch(span), `experience ${first?.experienceId} on ${first?.date}`);
  }

  private track(request: Promise<void>, what: string): void {
    const tracked = request.catch((error: unknown) => {
      this.log(what, error);
    });
    this.inFlight.add(tracked);
    void tracked.finally(() => {
      this.inFlight.delete(tracked);
      // A hint may have come meanwhile for a day that it fetched. While there are other days to fetch, its turn comes by itself.
      if (this.idle) this.wake();
    });
  }

  private async fetch(span: ClaimedSpan): Promise<void> {
    const { clock, events } = this.needs;
    const sentAt = clock.now().getTime();
    const emit = (days: readonly FetchedDay[]): void => {
      events.emit({ supplier: this.supplier.name, days, seconds: (clock.now().getTime() - sentAt) / 1_000 });
    };
    const fetched = await this.refresher.refresh(span).catch((error: unknown) => {
      // Whoever waits for the days has them fetched once more, unless the same would come of it.
      emit(unlearned(span.days, isDatabaseFailure(error) ? 'released' : 'failed'));
      throw error;
    });
    emit(fetched);
  }

  private log(what: string, error: unknown): void {
    const text = `${what}: ${failureText(error)}`;
    if (this.lately.isNew(text, this.needs.clock.now())) this.logger.error(text);
  }
}
