import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { changeCursor, type Position } from '../inventory/index.js';
import type { ChangeFeed } from './change-feed.js';
import { CursorExpired } from './cursor.js';
import type { FeedChange } from './stored-change.js';
import type { Experiences } from './waiters.js';

/** The changes that are written before the client has taken them: what one client may take of our memory. */
const WRITTEN_AT_ONCE = 200;
/** Beats (every 5 seconds) that a stream may be silent, and that a client may take for what was written. */
const SILENT_BEATS = 3;
const STALLED_BEATS = 6;

/** One client's server-sent events. */
export class ChangeStream {
  private readonly ended = new AbortController();
  private waiting = new AbortController();
  private beats = 0;
  private retry: (() => void) | undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly feed: ChangeFeed,
    private position: Position,
    private readonly experiences: Experiences,
  ) {
    response.on('close', () => {
      this.stop();
    });
    response.on('error', () => undefined);
    // The client may have left before, and that is told once.
    if (response.destroyed) this.stop();
  }

  /** Resolves when the stream has ended. */
  async run(): Promise<void> {
    if (this.ended.signal.aborted) return;
    // A client that is cut off before the first change goes on from here too.
    this.response.write(`retry: 2000\nid: ${changeCursor(this.position)}\n\n`);
    while (!this.ended.signal.aborted) {
      try {
        await this.writeNext();
      } catch (error) {
        if (error instanceof CursorExpired) this.response.destroy();
        // The database is out of reach. The client would find the same elsewhere, so it waits here.
        else await new Promise<void>((resolve) => (this.retry = resolve));
      }
    }
  }

  /** Called every 5 seconds. */
  beat(): void {
    this.retry?.();
    this.beats += 1;
    if (this.response.writableNeedDrain) {
      // It resumes by the id of the last event that it took.
      if (this.beats >= STALLED_BEATS) this.response.destroy();
    } else if (this.beats >= SILENT_BEATS) this.waiting.abort();
  }

  end(): void {
    this.stop();
    this.response.end();
  }

  private stop(): void {
    this.ended.abort();
    this.waiting.abort();
    this.retry?.();
  }

  private async writeNext(): Promise<void> {
    const { signal } = (this.waiting = new AbortController());
    const query = { limit: WRITTEN_AT_ONCE, experiences: this.experiences };
    const { changes, next } = await this.feed.next(this.position, query, signal);
    if (this.ended.signal.aborted) return;
    this.position = next;
    this.beats = 0;
    // The id also moves past what the filter leaves out, so that it does not expire.
    const silent = `: still here\nid: ${changeCursor(next)}\n\n`;
    const taken = this.response.write(changes.length === 0 ? silent : changes.map(frame).join(''));
    if (changes.length === 0 && !signal.aborted) this.end();
    else if (!taken) await once(this.response, 'drain', { signal: this.ended.signal }).catch(() => undefined);
  }
}

function frame({ content, json }: FeedChange): string {
  return `id: ${content.id}\nevent: change\ndata: ${json}\n\n`;
}
