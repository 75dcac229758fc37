import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EventEmitter, once } from 'node:events';
import { MirrorSettings } from '../config/index.js';
import { DayRepository, onDayNotice, type Wish } from '../inventory/index.js';
import { Notices } from '../prisma/index.js';
import { Clock, type LocalDate } from '../time/index.js';

/** So many readers wait at most; beyond that a reader is told to come again at once. */
const MOST_WAITING = 200;
/** One reader's wish is every reader's: it is told to the database no oftener than this. */
const WISH_EVERY_MS = 5_000;
const MOST_WISHES = 10_000;

/** What came of waiting for a day. */
export type Waited = 'confirmed' | 'not yet' | 'paused';

/**
 * What readers ask for moves to the front of the queue: a day that was never fetched is waited for, a day past its
 * promise is answered as it is and fetched behind. Who asks the supplier, and when, is decided where the sync runs.
 */
@Injectable()
export class DemandFetch implements OnModuleDestroy {
  private readonly logger = new Logger('Reads');
  private readonly confirmed = new EventEmitter().setMaxListeners(0);
  /** What became of each wish, and when it was told last (epoch milliseconds). */
  private readonly wishes = new Map<string, { readonly toldAt: number; readonly wish: Promise<Wish> }>();
  /** One for each reader that waits: aborted, its wait is over. */
  private readonly waiting = new Set<AbortController>();

  constructor(
    private readonly days: DayRepository,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    notices: Notices,
  ) {
    onDayNotice(notices, ({ experienceId, date }) => {
      this.confirmed.emit(`${experienceId} ${date}`);
    });
  }

  /** Nobody waits for a service that stops: it asks no more. */
  onModuleDestroy(): void {
    for (const given of this.waiting) given.abort();
  }

  /** Waits until the day is confirmed, at most READ_THROUGH_WAIT. */
  async wait(experienceId: number, date: LocalDate): Promise<Waited> {
    if (this.waiting.size >= MOST_WAITING) return 'not yet';
    const given = new AbortController();
    // Before the wish is told: it may be granted at once.
    const arrival = once(this.confirmed, keyOf(experienceId, date), { signal: given.signal }).then(
      () => 'confirmed' as const,
      () => 'not yet' as const,
    );
    this.waiting.add(given);
    const late = AbortSignal.timeout(Math.max(1, this.settings.readThroughWaitMs));
    late.addEventListener('abort', () => {
      given.abort();
    });
    try {
      const wish = await this.days.want({ experienceId, date }, this.wishTimes());
      if (wish !== 'wanted' || this.settings.readThroughWaitMs === 0) given.abort();
      return wish === 'paused' ? 'paused' : await arrival;
    } finally {
      given.abort();
      this.waiting.delete(given);
    }
  }

  /** Has the day fetched behind the answer. Costs one statement for all readers of some seconds. */
  refresh(experienceId: number, date: LocalDate): Promise<Wish> {
    const key = keyOf(experienceId, date);
    const now = this.clock.now().getTime();
    const told = this.wishes.get(key);
    if (told && told.toldAt > now - WISH_EVERY_MS) return told.wish;
    if (this.wishes.size >= MOST_WISHES) this.wishes.clear();
    // What is known is answered all the same.
    const wish = this.days.want({ experienceId, date }, this.wishTimes()).catch((error: unknown) => {
      this.logger.warn(`wanting ${key}: ${error instanceof Error ? error.message : String(error)}`);
      return 'unknown' as const;
    });
    this.wishes.set(key, { toldAt: now, wish });
    return wish;
  }

  private wishTimes(): Parameters<DayRepository['want']>[1] {
    const now = this.clock.now();
    const wantedSince = new Date(now.getTime() - WISH_EVERY_MS);
    return { now, wantedSince, byValue: this.settings.policy === 'value' };
  }
}

function keyOf(experienceId: number, date: LocalDate): string {
  return `${experienceId} ${date}`;
}
