import { Inject, Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import type { DayKey, DayOpening, PlannedDay } from '../inventory/index.js';
import {
  addDays,
  Clock,
  datesFrom,
  daysBetween,
  instantAt,
  localDateAt,
  startOfDate,
  type LocalDate,
} from '../time/index.js';
import { backoffMs } from './policy/backoff.js';
import { afterLastStart, deadlineOf, firstDueAt, type Deadline } from './policy/deadline.js';

/** Uniform in [0, 1). */
export type Random = () => number;
export const RANDOM = Symbol('Random');

/** An empty answer that was not believed is checked again after this long. */
const RECHECK_MS = 5_000;
/** An answer that was older than what is known is asked for again after this long. */
const OLDER_MS = 60_000;

/** Another one where the rules plan otherwise than those of the version before. */
const PLAN_VERSION = 2;

interface ZonedDay extends DayKey {
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

/** The policy's pure rules under the settings in force. */
@Injectable()
export class Deadlines {
  constructor(
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** What a change of the settings has to change to make stored deadlines wrong. */
  get key(): string {
    return JSON.stringify([
      PLAN_VERSION,
      this.settings.tiers.map((tier) => [tier.days, tier.maxAgeMs]),
      this.settings.defaultTimeZone,
      this.settings.policy,
    ]);
  }

  zoneOf(timeZone: string | null): string {
    return timeZone ?? this.settings.defaultTimeZone;
  }

  today(timeZone: string | null): LocalDate {
    return localDateAt(this.clock.now(), this.zoneOf(timeZone));
  }

  /**
   * @param confirmedAt when what was said was true
   * @param lastStart local `HH:MM` from which on nobody can book it; null: until its date is over
   * @param askedAt when it was asked for: an answer from a cache may be older than that
   */
  afterConfirmation(
    day: ZonedDay,
    confirmedAt: Date,
    lastStart: string | null = null,
    askedAt = confirmedAt,
  ): Deadline {
    const zone = this.zoneOf(day.timeZone);
    const { tiers } = this.settings;
    const deadline = deadlineOf(day.date, confirmedAt, zone, tiers, askedAt);
    // Plain tiers keep their promise until midnight.
    if (this.settings.policy === 'tiers' || lastStart === null) return deadline;
    const over = new Date(instantAt(day.date, lastStart, zone));
    return afterLastStart(deadline, { date: day.date, confirmedAt, over, zone, tiers });
  }

  /** What the answer told was known to be out of date: a cache in between will have another variant soon. */
  afterOlder(day: ZonedDay): Date | null {
    return this.within(day, OLDER_MS);
  }

  /** @param failures how many in a row, this one included */
  afterFailure(day: ZonedDay, failures: number): Date | null {
    return this.within(day, backoffMs(failures, this.random()));
  }

  afterDoubt(day: ZonedDay): Date | null {
    return this.within(day, RECHECK_MS);
  }

  /** The days of the window from `from` on, with the time of their first turns. */
  openings(timeZone: string | null, from: LocalDate): Omit<DayOpening, 'place'>[] {
    const today = this.today(timeZone);
    const now = this.clock.now();
    return datesFrom(today, this.settings.windowDays)
      .filter((date) => date >= from)
      .map((date) => ({ date, dueAt: firstDueAt(now, daysBetween(today, date)) }));
  }

  lastDate(timeZone: string | null): LocalDate {
    return addDays(this.today(timeZone), this.settings.windowDays - 1);
  }

  /** The deadline of a stored day under the present settings. One that lies beyond the window has its turn once it comes in. */
  replanned(day: ZonedDay & Pick<PlannedDay, 'confirmedAt'> & Partial<Pick<PlannedDay, 'lastStart'>>): {
    staleAfter: Date | null;
    dueAt: Date | null;
  } {
    const lead = daysBetween(this.today(day.timeZone), day.date);
    if (day.confirmedAt) {
      const deadline = this.afterConfirmation(day, day.confirmedAt, day.lastStart);
      return lead < 0 ? { ...deadline, dueAt: null } : deadline;
    }
    return { staleAfter: null, dueAt: this.isMirrored(day) ? firstDueAt(this.clock.now(), lead) : null };
  }

  /** Whether its date lies in the window. */
  isMirrored(day: ZonedDay): boolean {
    const lead = daysBetween(this.today(day.timeZone), day.date);
    return lead >= 0 && lead < this.settings.windowDays;
  }

  /** In `ms` from now; null when the date is over by then. */
  private within(day: ZonedDay, ms: number): Date | null {
    const at = new Date(this.clock.now().getTime() + ms);
    return at < startOfDate(addDays(day.date, 1), this.zoneOf(day.timeZone)) ? at : null;
  }
}
