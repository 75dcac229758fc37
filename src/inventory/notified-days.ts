import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ReadDatabase } from '../prisma/index.js';
import { DayEvents } from './day-events.js';
import { dayName } from './day-key.js';
import { LatestConfirmations } from './latest-confirmations.js';
import type { LocalDate } from '../time/index.js';

/** The most remembered days. For others the primary is read. About 20 MB, and only with a read replica. */
const MOST_DAYS = 200_000;
/** The most remembered experiences: about 10 MB more. */
const MOST_EXPERIENCES = 50_000;

/**
 * The latest confirmation of each day that this process was notified of or has read. A read replica with an earlier one lags
 * behind. Instants in epoch milliseconds.
 */
@Injectable()
export class NotifiedDays {
  private readonly days: LRUCache<string, number> | undefined;
  private readonly experiences: LRUCache<number, LatestConfirmations> | undefined;
  /** The confirmations of days that are not remembered are no later than this. */
  private forgottenUntil = 0;

  constructor(events: DayEvents, reads: ReadDatabase) {
    if (!reads.hasReplica) return;
    const forget = (confirmedAt: number, reason: string) => {
      if (reason === 'evict') this.forgottenUntil = Math.max(this.forgottenUntil, confirmedAt);
    };
    this.days = new LRUCache({
      max: MOST_DAYS,
      dispose: (confirmedAt, _day, reason) => {
        forget(confirmedAt, reason);
      },
    });
    this.experiences = new LRUCache({
      max: MOST_EXPERIENCES,
      dispose: ({ latest }, _id, reason) => {
        forget(latest, reason);
      },
    });
    // A change of an experience shows in no confirmation, and notifications may have been missed.
    const distrust = () => {
      reads.distrustReplica();
    };
    events.onExperience(distrust);
    events.onLost(distrust);
    events.onConfirmed(({ experienceId, date, confirmedAt }) => {
      raise(this.days, dayName({ experienceId, date }), confirmedAt);
      this.calendarRead(experienceId, date, confirmedAt);
    });
  }

  /** A day was read. From now on no older one may be shown. */
  dayRead(experienceId: number, date: LocalDate, confirmedAt: number): void {
    raise(this.days, dayName({ experienceId, date }), confirmedAt);
  }

  /**
   * A calendar was read. From now on no older one may be shown.
   * @param today its first date. @param confirmedAt the latest confirmation in it
   */
  calendarRead(experienceId: number, today: LocalDate, confirmedAt: number): void {
    if (!this.experiences) return;
    const known = this.experiences.get(experienceId) ?? new LatestConfirmations();
    known.note(today, confirmedAt);
    this.experiences.set(experienceId, known);
  }

  /** The least confirmation that a response with this day may have. */
  ofDay(experienceId: number, date: LocalDate): number {
    return this.days?.get(dayName({ experienceId, date })) ?? this.forgottenUntil;
  }

  /** The least "latest confirmation" that a calendar of this experience may have, from this date on. */
  ofExperience(experienceId: number, today: LocalDate): number {
    // None that is known may be one that was forgotten.
    return this.experiences?.get(experienceId)?.from(today) || this.forgottenUntil;
  }
}

function raise(known: LRUCache<string, number> | undefined, key: string, confirmedAt: number): void {
  if (known && confirmedAt > (known.get(key) ?? 0)) known.set(key, confirmedAt);
}
