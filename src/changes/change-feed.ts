import { Injectable } from '@nestjs/common';
import type { Position } from '../inventory/index.js';
import { CHANGES_LIMIT } from './change.shape.js';
import { ChangeReader } from './change-reader.js';
import { ChangeTail } from './change-tail.js';
import type { Beginning } from './cursor.js';
import type { FeedChange } from './stored-change.js';
import { ofExperiences, type Experiences } from './waiters.js';

/** The changes that one statement reads for a reader with a filter, and how many statements one read may take. */
const WINDOW = 1_000;
const MOST_WINDOWS = 10;

export interface FeedQuery {
  /** How many changes at most. */
  readonly limit: number;
  readonly experiences: Experiences;
}

export interface FeedPage {
  readonly changes: readonly FeedChange[];
  /** Where to go on. It also moves past what the filter left out. */
  readonly next: Position;
  /** There may be more behind it at once. */
  readonly more: boolean;
}

/**
 * The change feed: every committed version of a day once, in an order in which the versions of a day rise. For the API, and for
 * whoever keeps a position of its own, such as a webhook.
 */
@Injectable()
export class ChangeFeed {
  constructor(
    private readonly reader: ChangeReader,
    private readonly tail: ChangeTail,
  ) {}

  /**
   * Where to begin. The position `oldest` is before all that is kept; `latest`, before as many changes as a page usually has.
   * @throws CursorExpired
   */
  begin(from: Position | Beginning): Promise<Position> {
    return this.reader.begin(from, CHANGES_LIMIT.usual);
  }

  /** What follows a position now. @throws CursorExpired */
  async read(from: Position | Beginning, { limit, experiences }: FeedQuery): Promise<FeedPage> {
    const found: FeedChange[] = [];
    // Counted without the filter, as a reader of all would.
    let at = from === 'latest' ? await this.reader.begin(from, limit) : from;
    for (let windows = 1; ; windows += 1) {
      const { changes, next, more } = await this.reader.read(at, experiences === null ? limit : WINDOW);
      found.push(...ofExperiences(changes, experiences));
      const last = found[limit - 1];
      if (found.length > limit && last) return { changes: found.slice(0, limit), next: last.position, more: true };
      const full = found.length === limit || windows === MOST_WINDOWS;
      if (!more || full) return { changes: found, next, more };
      at = next;
    }
  }

  /**
   * The same, but waits until there is something. Its wake-up is shared: all who wait in this process cost one read for each
   * change, and nothing without one.
   * @returns without changes only if the signal is aborted before, or the process stops. @throws CursorExpired
   */
  async next(from: Position, query: FeedQuery, signal: AbortSignal): Promise<FeedPage> {
    let page: FeedPage = { changes: [], next: from, more: !this.tail.covers(from) };
    while (page.changes.length === 0 && !signal.aborted && !this.tail.hasStopped) {
      const waited = page.more ? undefined : await this.waited(page.next, query, signal);
      page = waited ?? (await this.read(page.next, query));
    }
    return page;
  }

  /** Undefined: the table is to be read. */
  private async waited(from: Position, query: FeedQuery, signal: AbortSignal): Promise<FeedPage | undefined> {
    const found = await this.tail.next(from, query.experiences, signal);
    if (!found) return undefined;
    const { changes, next } = found;
    const last = changes[query.limit - 1];
    if (changes.length <= query.limit || !last) return { changes, next, more: false };
    return { changes: changes.slice(0, query.limit), next: last.position, more: true };
  }
}
