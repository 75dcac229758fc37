import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { Notifications } from '../prisma/index.js';
import type { LocalDate } from '../time/index.js';
import type { DayKey } from './day-key.js';

/** A day was recorded or confirmed, by any replica. */
export interface ConfirmedDay extends DayKey {
  /** Epoch milliseconds. */
  readonly confirmedAt: number;
}

/**
 * Events of days and experiences on all replicas, from PostgreSQL notifications (`sql/notify-day.ts`). The subscribers are cache
 * invalidation, demand fetch, backfills, the live feed and the change feed. They subscribe before the application has started.
 */
@Injectable()
export class DayEvents {
  private readonly events = new EventEmitter<{
    confirmed: [ConfirmedDay];
    change: [];
    experience: [number];
    lost: [];
  }>();

  constructor(notifications: Notifications) {
    this.events.setMaxListeners(0);
    notifications.on('slotmirror_day', (payload) => {
      const [experienceId = '', date = '', , confirmedAt = ''] = payload.split(' ');
      const day = { experienceId: Number(experienceId), date: date as LocalDate, confirmedAt: Number(confirmedAt) };
      this.events.emit('confirmed', day);
    });
    notifications.on('slotmirror_change', () => this.events.emit('change'));
    notifications.on('slotmirror_experience', (id) => this.events.emit('experience', Number(id)));
    notifications.onLost(() => this.events.emit('lost'));
  }

  onConfirmed(listener: (day: ConfirmedDay) => void): void {
    this.events.on('confirmed', listener);
  }

  /** The change feed has grown: days have new versions, or were removed. */
  onChange(listener: () => void): void {
    this.events.on('change', listener);
  }

  /** An experience was added, changed, paused, resumed or removed. */
  onExperience(listener: (experienceId: number) => void): void {
    this.events.on('experience', listener);
  }

  /** Notifications may have been missed. */
  onLost(listener: () => void): void {
    this.events.on('lost', listener);
  }
}
