import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { DayKey } from '../../inventory/index.js';
import type { Outcome } from './day-refresher.js';

/** That a request of this process ended, and what became of it. */
export interface Fetched {
  readonly day: DayKey;
  readonly outcome: Outcome;
  /** From the request to the recorded answer. */
  readonly seconds: number;
}

/** Tells of every request of this process once; whoever counts or waits subscribes. */
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
