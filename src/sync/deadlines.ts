import { Inject, Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import type { DayKey, DayOpening, PlannedDay } from '../inventory/index.js';
import { addDays, Clock, datesFrom, daysBetween, localDateAt, startOfDate, type LocalDate } from '../time/index.js';
import { backoffMs } from './policy/backoff.js';
import { deadlineOf, firstDueAt, type Deadline } from './policy/deadline.js';

/** Uniform in [0, 1). */
export type Random = () => number;
export const RANDOM = Symbol('Random');

/** An empty answer that was not believed is checked again after this long. */
const RECHECK_MS = 5_000;

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
      this.settings.tiers.map((tier) => [tier.days, tier.maxAgeMs]),
      this.settings.defaultTimeZone,
    ]);
  }

  zoneOf(timeZone: string | null): string {
    return timeZone ?? this.settings.defaultTimeZone;
  }

  today(timeZone: string | null): LocalDate {
    return localDateAt(this.clock.now(), this.zoneOf(timeZone));
  }

  afterConfirmation(day: ZonedDay, confirmedAt: Date): Deadline {
    return deadlineOf(day.date, confirmedAt, this.zoneOf(day.timeZone), this.settings.tiers);
  }

  /** @param failures how many in a row, this one included */
  afterFailure(day: ZonedDay, failures: number): Date | null {
    return this.within(day, backoffMs(failures, this.random()));
  }

  afterDoubt(day: ZonedDay): Date | null {
    return this.within(day, RECHECK_MS);
  }

  /** The days of the window from `from` on, with their first turns. */
  openings(timeZone: string | null, from: LocalDate): DayOpening[] {
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
  replanned(day: PlannedDay): { staleAfter: Date | null; dueAt: Date | null } {
    const lead = daysBetween(this.today(day.timeZone), day.date);
    if (day.confirmedAt) {
      const deadline = this.afterConfirmation(day, day.confirmedAt);
      return lead < 0 ? { ...deadline, dueAt: null } : deadline;
    }
    const mirrored = lead >= 0 && lead < this.settings.windowDays;
    return { staleAfter: null, dueAt: mirrored ? firstDueAt(this.clock.now(), lead) : null };
  }

  /** In `ms` from now; null when the date is over by then. */
  private within(day: ZonedDay, ms: number): Date | null {
    const at = new Date(this.clock.now().getTime() + ms);
    return at < startOfDate(addDays(day.date, 1), this.zoneOf(day.timeZone)) ? at : null;
  }
}
