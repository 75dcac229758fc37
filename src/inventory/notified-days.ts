import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ReadDatabase } from '../prisma/index.js';
import { DayEvents } from './day-events.js';
import type { LocalDate } from '../time/index.js';

/** Days that are remembered; beyond that the primary is asked. About 20 MB, and only where there is a read replica. */
const MOST_DAYS = 200_000;

/**
 * The latest confirmation of each day that this process was told of, or has read: a read replica that shows less lags
 * behind. Instants in epoch milliseconds.
 */
@Injectable()
export class NotifiedDays {
  private readonly days: LRUCache<string, number> | undefined;
  private readonly experiences: LRUCache<string, number> | undefined;
  /** Whatever is not remembered was told of no later than this. */
  private forgottenUntil = 0;

  constructor(events: DayEvents, reads: ReadDatabase) {
    if (!reads.hasReplica) return;
    const dispose = (confirmedAt: number, _key: string, reason: string) => {
      if (reason === 'evict') this.forgottenUntil = Math.max(this.forgottenUntil, confirmedAt);
    };
    this.days = new LRUCache({ max: MOST_DAYS, dispose });
    this.experiences = new LRUCache({ max: MOST_DAYS, dispose });
    // Whether an experience is mirrored shows in no day, and what was told while nobody heard is not remembered.
    const distrust = () => {
      reads.distrustReplica();
    };
    events.onExperience(distrust);
    events.onLost(distrust);
    events.onConfirmed(({ experienceId, date, confirmedAt }) => {
      raise(this.days, `${experienceId} ${date}`, confirmedAt);
      raise(this.experiences, String(experienceId), confirmedAt);
    });
  }

  /** A day was read: none shown from now on may be older. */
  dayRead(experienceId: number, date: LocalDate, confirmedAt: number): void {
    raise(this.days, `${experienceId} ${date}`, confirmedAt);
  }

  /** Likewise a calendar. @param confirmedAt the latest confirmation in it */
  calendarRead(experienceId: number, confirmedAt: number): void {
    raise(this.experiences, String(experienceId), confirmedAt);
  }

  /** No answer may show a day as it was confirmed before. */
  ofDay(experienceId: number, date: LocalDate): number {
    return this.days?.get(`${experienceId} ${date}`) ?? this.forgottenUntil;
  }

  /** No calendar may have a latest confirmation before. */
  ofExperience(experienceId: number): number {
    return this.experiences?.get(String(experienceId)) ?? this.forgottenUntil;
  }
}

function raise(known: LRUCache<string, number> | undefined, key: string, confirmedAt: number): void {
  if (known && confirmedAt > (known.get(key) ?? 0)) known.set(key, confirmedAt);
}
