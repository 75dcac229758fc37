import { Inject, Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import type { DayKey } from '../../inventory/index.js';
import { addDays, Clock, instantAt, startOfDate, type LocalDate } from '../../time/index.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers } from '../window/supplier-tiers.js';
import { backoffMs } from './backoff.js';
import { afterLastStart, deadlineOf, firstDueAt, type Deadline } from './max-age.js';
import { planBasis, type PlanBasis } from './plan-basis.js';
import { RANDOM, type Random } from '../model/random.js';

/** An unconfirmed empty answer is checked again after this long. */
const RECHECK_MS = 5_000;
/** However often a cache repeats it. */
const RECHECK_AT_MOST_MS = 450_000;
/** A day whose answer was older than what is stored is fetched again after this long at least, and at most. */
const OLDER_MS = [60_000, 900_000] as const;

/** Increase it when the rules for due times change. Stored due times are then computed again at the next start. */
const PLAN_VERSION = 5;

interface ZonedDay extends DayKey {
  readonly supplier: string;
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

/** When a day is due: by the max age of its tier, after a failure, or for the first time. */
@Injectable()
export class DueTimes {
  constructor(
    private readonly settings: MirrorSettings,
    private readonly tiers: SupplierTiers,
    private readonly window: MirrorWindow,
    private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** The settings that stored due times depend on. If they change, due times must be computed again. */
  get basis(): PlanBasis {
    return planBasis([PLAN_VERSION, this.settings.defaultTimeZone], this.tiers);
  }

  /** Identifies them. */
  get key(): string {
    return JSON.stringify(this.basis);
  }

  /**
   * @param confirmedAt the instant at which the answer was true
   * @param lastStart local `HH:MM` from which nobody can book the day; null: its date is bookable until it is over
   * @param requestedAt when the request was sent. An answer from a cache was true earlier.
   */
  afterConfirmation(
    day: ZonedDay,
    confirmedAt: Date,
    lastStart: string | null = null,
    requestedAt = confirmedAt,
  ): Deadline {
    const zone = this.window.zoneOf(day.timeZone);
    const tiers = this.tiers.of(day.supplier);
    const deadline = deadlineOf(day.date, confirmedAt, zone, tiers, requestedAt);
    if (lastStart === null) return deadline;
    const over = new Date(instantAt(day.date, lastStart, zone));
    return afterLastStart(deadline, { date: day.date, confirmedAt, requestedAt, over, zone, tiers });
  }

  /**
   * The answer was older than the stored one. A cache on the way should have a newer answer soon: the sooner, the less it is behind.
   * @param byMs how much older
   */
  afterOlder(day: ZonedDay, byMs: number): Date | null {
    const [least, most] = OLDER_MS;
    return this.within(day, Math.min(most, Math.max(least, byMs / 2)));
  }

  /** @param failures how many in a row, this one included */
  afterFailure(day: ZonedDay, failures: number): Date | null {
    return this.within(day, backoffMs(failures, this.random()));
  }

  /** @param firstAt when the first one came; null: this is it. Each time it waits half as long as it has waited so far. */
  afterUnconfirmedEmpty(day: ZonedDay, firstAt: Date | null): Date | null {
    const waitedMs = firstAt ? this.clock.now().getTime() - firstAt.getTime() : 0;
    return this.within(day, Math.min(RECHECK_AT_MOST_MS, Math.max(RECHECK_MS, waitedMs / 2)));
  }

  /** The dates of the window from `from` on, each with its first due time. */
  openings(timeZone: string | null, from: LocalDate): { readonly date: LocalDate; readonly dueAt: Date }[] {
    const now = this.clock.now();
    return this.window
      .dates(timeZone, from)
      .map((date) => ({ date, dueAt: firstDueAt(now, this.window.lead({ date, timeZone })) }));
  }

  /** The due time of a stored day under the present settings. A day beyond the window is due when it enters the window. */
  replanned(day: ZonedDay & { readonly confirmedAt: Date | null; readonly lastStart?: string | null }): {
    staleAfter: Date | null;
    dueAt: Date | null;
  } {
    const lead = this.window.lead(day);
    if (day.confirmedAt) {
      const deadline = this.afterConfirmation(day, day.confirmedAt, day.lastStart);
      return lead < 0 ? { ...deadline, dueAt: null } : deadline;
    }
    return { staleAfter: null, dueAt: this.window.isMirrored(day) ? firstDueAt(this.clock.now(), lead) : null };
  }

  /** The instant `ms` from now; null: the date is over by then. */
  private within(day: ZonedDay, ms: number): Date | null {
    const at = new Date(this.clock.now().getTime() + ms);
    return at < startOfDate(addDays(day.date, 1), this.window.zoneOf(day.timeZone)) ? at : null;
  }
}
