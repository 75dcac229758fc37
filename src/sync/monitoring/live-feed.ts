import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { DayEvents } from '../../inventory/index.js';
import { onLeaseNotification } from '../schedule/lease-notification.js';
import { Notifications } from '../../prisma/index.js';
import { Every } from '../../time/index.js';
import { SyncStatusReader } from './sync-status.js';

/** The most concurrent listeners of one process. */
export const MOST_LISTENERS = 50;
/** A listener with this much unread data is disconnected. It connects again when it wakes. */
const MOST_WAITING_BYTES = 1_000_000;
/** After this many quiet seconds a comment is sent, so that neither side closes the connection as dead. */
const HEARTBEAT_SECONDS = 15;

/**
 * Live server-sent events: `day` (recorded or confirmed), `lease` (begun or ended), `experience` (changed), `state` (of the
 * sync, when it changed) and `resync` (some events may have been missed).
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

  /** Streams to `response` until either side ends it. */
  add(response: ServerResponse): void {
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
    response.on('error', () => this.listeners.delete(response));
    response.write('retry: 2000\n\n');
    if (this.state !== '') write(response, 'state', this.state);
  }

  /** Does nothing without listeners. */
  @Every({ periods: ['1s'], what: 'publishing the state' })
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

  /** Streams do not end by themselves, and the server waits for all responses to end. */
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
