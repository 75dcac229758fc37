import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { DayEvents } from '../../inventory/index.js';
import { onLeaseNotification } from '../schedule/lease-notification.js';
import { Notifications } from '../../prisma/index.js';
import { SyncStatusReader } from './sync-status.js';

/** Admins who watch at once, of one process. */
export const MOST_LISTENERS = 50;
/** A listener that lets this much pile up has gone to sleep: it is let go, and asks anew when it wakes. */
const MOST_WAITING_BYTES = 1_000_000;
/** Seconds after which a word is due, so that neither side takes the other for gone. */
const HEARTBEAT_SECONDS = 15;

/**
 * What happens, told as it happens: server-sent events `day` (recorded or confirmed), `lease` (asked for, or no more),
 * `state` (of the sync, where it moved) and `resync` (something may have been missed).
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly listeners = new Set<ServerResponse>();
  private state = '';
  private missed = false;
  private quietSeconds = 0;

  constructor(
    private readonly notifications: Notifications,
    private readonly status: SyncStatusReader,
    events: DayEvents,
  ) {
    events.onConfirmed(({ experienceId, date, confirmedAt }) => {
      this.send('day', { experienceId, date, asOf: new Date(confirmedAt).toISOString() });
    });
    onLeaseNotification(notifications, ({ until, ...lease }) => {
      this.send('lease', { ...lease, until: until === null ? null : new Date(until).toISOString() });
    });
    events.onExperience((experienceId) => {
      this.send('experience', { experienceId });
    });
    events.onLost(() => {
      this.missed = true;
    });
  }

  get watching(): number {
    return this.listeners.size;
  }

  /** Streams to `response` from now on, until either side ends it. */
  add(response: ServerResponse): void {
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
    response.on('error', () => this.listeners.delete(response));
    response.write('retry: 2000\n\n');
    if (this.state !== '') write(response, 'state', this.state);
  }

  /** Once a second; nothing is done while nobody watches. */
  async publish(): Promise<void> {
    if (this.listeners.size === 0) return;
    if (this.missed && this.notifications.connected) {
      this.missed = false;
      this.send('resync', {});
    }
    const state = JSON.stringify(await this.status.state());
    if (state !== this.state) this.broadcast('state', (this.state = state));
    if (++this.quietSeconds < HEARTBEAT_SECONDS) return;
    this.quietSeconds = 0;
    for (const response of this.listeners) response.write(': still here\n\n');
  }

  /** Streams have no end of their own, and the server waits for all answers to end. */
  onModuleDestroy(): void {
    for (const response of this.listeners) response.end();
    this.listeners.clear();
  }

  private send(event: string, data: object): void {
    if (this.listeners.size > 0) this.broadcast(event, JSON.stringify(data));
  }

  private broadcast(event: string, data: string): void {
    for (const response of this.listeners) {
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
      else write(response, event, data);
    }
  }
}

function write(response: ServerResponse, event: string, data: string): void {
  response.write(`event: ${event}\ndata: ${data}\n\n`);
}
