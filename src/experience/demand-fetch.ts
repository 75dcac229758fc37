import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EventEmitter, once } from 'node:events';
import { MirrorSettings } from '../config/index.js';
import { DayEvents, dayName } from '../inventory/index.js';
import { Clock, type LocalDate } from '../time/index.js';
import { DayRequests, type RequestOutcome } from './day-requests.js';

/** How many readers may wait at a time. Further ones get their problem at once. */
const MOST_WAITING = 200;
/** All readers of a day share one request for it, which is repeated at most this often. */
const REQUEST_EVERY_MS = 5_000;
const MOST_REQUESTS = 10_000;

/** How the wait for a day ended. */
export type Waited = 'confirmed' | 'not yet' | 'paused';

/**
 * Days that readers want move to the front of the queue. A read of a never-fetched day waits briefly; a stale day is served at once
 * and refreshed in the background. Which process fetches it, and when, the sync decides.
 */
@Injectable()
export class DemandFetch implements OnModuleDestroy {
  private readonly logger = new Logger('Reads');
  private readonly confirmed = new EventEmitter().setMaxListeners(0);
  /** The last request for each day, and when it was made (epoch milliseconds). */
  private readonly requests = new Map<string, { readonly madeAt: number; readonly outcome: Promise<RequestOutcome> }>();
  /** One for each waiting reader; aborting it ends the wait. */
  private readonly waiting = new Set<AbortController>();

  constructor(
    private readonly dayRequests: DayRequests,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    events: DayEvents,
  ) {
    events.onConfirmed(({ experienceId, date }) => {
      this.confirmed.emit(dayName({ experienceId, date }));
    });
  }

  /** A service that stops fetches nothing more, so nobody waits for it. */
  onModuleDestroy(): void {
    for (const given of this.waiting) given.abort();
  }

  /** Waits until the day is confirmed, at most READ_THROUGH_WAIT. */
  async wait(experienceId: number, date: LocalDate): Promise<Waited> {
    if (this.waiting.size >= MOST_WAITING) return 'not yet';
    const given = new AbortController();
    // Before the request is made: the day may be confirmed at once.
    const arrival = once(this.confirmed, dayName({ experienceId, date }), { signal: given.signal }).then(
      () => 'confirmed' as const,
      () => 'not yet' as const,
    );
    this.waiting.add(given);
    const late = AbortSignal.timeout(Math.max(1, this.settings.demandFetchWaitMs));
    late.addEventListener('abort', () => {
      given.abort();
    });
    try {
      const outcome = await this.request(experienceId, date);
      if (outcome !== 'requested' || this.settings.demandFetchWaitMs === 0) given.abort();
      return outcome === 'paused' ? 'paused' : await arrival;
    } finally {
      given.abort();
      this.waiting.delete(given);
    }
  }

  /** Has the day refreshed in the background. One statement serves all its readers of a few seconds. */
  refresh(experienceId: number, date: LocalDate): Promise<RequestOutcome> {
    const key = dayName({ experienceId, date });
    const now = this.clock.now().getTime();
    const last = this.requests.get(key);
    if (last && last.madeAt > now - REQUEST_EVERY_MS) return last.outcome;
    if (this.requests.size >= MOST_REQUESTS) this.requests.clear();
    // The read is answered all the same.
    const outcome = this.request(experienceId, date).catch((error: unknown) => {
      this.logger.warn(`requesting ${key} failed: ${error instanceof Error ? error.message : String(error)}`);
      return 'unknown' as const;
    });
    this.requests.set(key, { madeAt: now, outcome });
    return outcome;
  }

  private request(experienceId: number, date: LocalDate): Promise<RequestOutcome> {
    const requestedSince = new Date(this.clock.now().getTime() - REQUEST_EVERY_MS);
    return this.dayRequests.request({ experienceId, date }, requestedSince);
  }
}
