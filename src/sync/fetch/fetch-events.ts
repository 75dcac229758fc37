import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { DayKey, FailureKind } from '../../inventory/index.js';
import type { Outcome } from './day-refresher.js';

/** What a request meant for one day. */
export interface FetchedDay {
  readonly day: DayKey;
  readonly outcome: Outcome;
  /** What the failure was; null: none. */
  readonly reason: FailureKind | null;
  /** The instant at which the answer was true; undefined: it was no list. */
  readonly confirmedAt?: Date;
}

/** Of days of which nothing was learned. */
export function unlearned(days: readonly DayKey[], outcome: 'released' | 'failed'): FetchedDay[] {
  return days.map((day) => ({ day, outcome, reason: null }));
}

/** A request of this process ended. */
export interface Fetched {
  readonly supplier: string;
  /** At least one day. */
  readonly days: readonly FetchedDay[];
  /** Seconds from the request to the recorded answer. */
  readonly seconds: number;
}

/** Emits one event for each request of this process. Counters and waiting backfills subscribe to it. */
@Injectable()
export class FetchEvents {
  private readonly events = new EventEmitter<{ fetched: [Fetched] }>();

  onFetched(listener: (fetched: Fetched) => void): void {
    this.events.on('fetched', listener);
  }

  emit(fetched: Fetched): void {
    this.events.emit('fetched', fetched);
  }
}
