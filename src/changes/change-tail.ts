import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DayEvents, isBefore, type Position } from '../inventory/index.js';
import { Notifications } from '../prisma/index.js';
import { Every } from '../time/index.js';
import { ChangeReader, type Page } from './change-reader.js';
import { Retry } from './retry.js';
import type { FeedChange } from './stored-change.js';
import { ofExperiences, Waiters, type Experiences } from './waiters.js';

/** How many of the last changes are kept for readers that come back. */
const MOST_RECENT = 1_000;
const PAGE = 500;

/** What followed a position in memory. */
export interface Tail {
  readonly changes: readonly FeedChange[];
  readonly next: Position;
}

/**
 * The end of the feed, read once for all who wait for it in this process: when the database notifies of a change, and again
 * shortly after while a change waits for an older transaction. While nobody waits it reads nothing.
 */
@Injectable()
export class ChangeTail implements OnModuleDestroy {
  /** All up to here was read; undefined: nobody has waited lately. */
  private head: Position | undefined;
  /** What follows this position, up to the head, is in memory. */
  private floor: Position | undefined;
  private recent: FeedChange[] = [];
  private readonly waiters = new Waiters();
  private readonly retry = new Retry(() => {
    this.wake();
  });
  private reading: Promise<void> | undefined;
  private again = false;
  private idle = false;
  /** The process stops, so nobody waits any more. */
  private stopped = false;

  constructor(
    private readonly reader: ChangeReader,
    private readonly notifications: Notifications,
    events: DayEvents,
  ) {
    const wake = () => {
      this.wake();
    };
    events.onChange(wake);
    events.onLost(wake);
  }

  get hasStopped(): boolean {
    return this.stopped;
  }

  /** How many readers wait. */
  get waiting(): number {
    return this.waiters.size;
  }

  /** Whether all that follows the position is in memory, as far as it can be read. */
  covers(position: Position): boolean {
    return this.floor?.epoch === position.epoch && !isBefore(position, this.floor);
  }

  /**
   * Waits for what follows the position. @returns nothing more than the position if the signal is aborted before; undefined: memory does
   * not reach back so far, the table does
   */
  async next(after: Position, experiences: Experiences, signal: AbortSignal): Promise<Tail | undefined> {
    if (this.stopped) return { changes: [], next: after };
    this.idle = false;
    if (this.head === undefined) {
      this.head = this.floor = after;
      this.wake();
    }
    if (!this.covers(after)) return undefined;
    const behind = this.recent.filter(({ position }) => isBefore(after, position));
    const known = ofExperiences(behind, experiences);
    if (known.length > 0) return { changes: known, next: later(after, this.head) };
    const changes = await this.waiters.wait(experiences, signal);
    if (changes === undefined) return undefined;
    // Of a reader that was ahead of the head, some may be known to it.
    const unknown = changes.filter(({ position }) => isBefore(after, position));
    return { changes: unknown, next: later(after, this.head) };
  }

  /** For when no notification arrives: behind a pooler, or while the connection is broken. */
  @Every({ periods: ['1s'], what: 'following the change feed' })
  async look(): Promise<void> {
    if (!this.notifications.connected) this.wake();
    await this.reading;
  }

  @Every({ periods: ['5s'], what: 'forgetting the end of the change feed' })
  rest(): Promise<void> {
    if (this.idle && this.waiters.size === 0) this.forget();
    this.idle = this.waiters.size === 0;
    return Promise.resolve();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    this.forget();
  }

  private wake(): void {
    if (this.head === undefined) return;
    this.again = true;
    this.reading ??= this.readOn().finally(() => (this.reading = undefined));
  }

  private async readOn(): Promise<void> {
    while (this.again && this.head !== undefined) {
      this.again = false;
      const from: Position = this.head;
      const page = await this.reader.read(from, PAGE).catch(() => undefined);
      // It was forgotten meanwhile, and others may wait from another place on: this page is not theirs.
      if (this.head !== from) continue;
      if (page) this.accept(page);
      // Either the database is out of reach, or the feed has begun anew. Those who wait find out which when they read.
      else this.forget();
    }
  }

  private accept({ changes, next, more, held }: Page): void {
    this.head = next;
    this.recent.push(...changes);
    const surplus = this.recent.splice(0, Math.max(0, this.recent.length - MOST_RECENT)).at(-1);
    if (surplus) this.floor = surplus.position;
    this.again ||= more;
    if (held) this.retry.soon(changes.length > 0);
    else this.retry.cancel();
    this.waiters.deliver(changes);
  }

  private forget(): void {
    this.head = this.floor = undefined;
    this.recent = [];
    this.retry.cancel();
    this.waiters.dismiss();
  }
}

function later(a: Position, b: Position | undefined): Position {
  return b === undefined || isBefore(b, a) ? a : b;
}
