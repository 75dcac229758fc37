import { Injectable } from '@nestjs/common';
import { isBefore, type Position } from '../inventory/index.js';
import { ReadDatabase } from '../prisma/index.js';
import { Clock, Every } from '../time/index.js';
import { CursorExpired, type Beginning } from './cursor.js';
import { FeedHistory } from './feed-history.js';
import { FeedLag } from './feed-lag.js';
import { FIND_LATEST, type StoredPlace } from './sql/find-latest.js';
import { READ_CHANGES, type StoredChange, type StoredPage } from './sql/read-changes.js';
import { feedChange, type FeedChange } from './stored-change.js';

/** Some consecutive changes. */
export interface Page {
  readonly changes: readonly FeedChange[];
  /** At the last of them; if none is left, at the last that can be read now. */
  readonly next: Position;
  /** There may be more behind it. */
  readonly more: boolean;
  /** Committed changes wait for an older transaction to end. */
  readonly held: boolean;
}

/** Where a page begins. The latest changes are counted first, see `begin`. */
type Place = Position | Exclude<Beginning, 'latest'>;

const START = { epoch: '', xid: 0n, id: 0n };

/** Reads the feed from the primary. Concurrent reads share a statement. */
@Injectable()
export class ChangeReader {
  private readonly lag = new FeedLag();

  constructor(
    private readonly reads: ReadDatabase,
    private readonly history: FeedHistory,
    private readonly clock: Clock,
  ) {}

  get lagSeconds(): number {
    return this.lag.secondsAt(this.clock.now().getTime());
  }

  /** @param most how many changes at most. @throws CursorExpired */
  async read(from: Place, most: number): Promise<Page> {
    const limit = from === 'now' ? 0 : most;
    const page = await this.stored(from, limit);
    const stored = JSON.parse(page.changes ?? '[]') as StoredChange[];
    const changes = stored.map((change) => feedChange(change, page.epoch));
    const more = limit > 0 && changes.length === limit;
    return { changes, next: (more ? changes.at(-1)?.position : undefined) ?? endOf(page), more, held: page.held };
  }

  /** The position to begin at. @param latest how many changes are the latest. @throws CursorExpired */
  async begin(from: Position | Beginning, latest: number): Promise<Position> {
    if (from === 'latest') return this.latest(latest);
    const page = await this.stored(from, 0);
    if (from === 'now') return endOf(page);
    return from === 'oldest' ? keptOf(page) : from;
  }

  /** The lag is known also while nobody reads. */
  @Every({ periods: ['5s'], what: 'measuring the lag of the change feed' })
  async measureLag(): Promise<void> {
    await this.stored('now', 0);
  }

  /** So many changes before the end. */
  private async latest(back: number): Promise<Position> {
    await this.history.checkedOnce();
    const place = await this.reads.readPrimary<StoredPlace>(FIND_LATEST, [back]);
    if (!place) throw new Error('the table change_feed has no row');
    return { epoch: place.epoch, xid: BigInt(place.xid), id: BigInt(place.id) };
  }

  private async stored(from: Place, limit: number): Promise<StoredPage> {
    await this.history.checkedOnce();
    const { xid, id } = typeof from === 'string' ? START : from;
    const page = await this.reads.readPrimary<StoredPage>(READ_CHANGES, [String(xid), String(id), limit]);
    if (!page) throw new Error('the table change_feed has no row');
    this.lag.note(page.held, page.safeXid, this.clock.now().getTime());
    if (typeof from !== 'string') await this.requireKept(from, page);
    return page;
  }

  /** @throws CursorExpired */
  private async requireKept(from: Position, page: StoredPage): Promise<void> {
    const why = expiry(from, page);
    if (why === undefined) return;
    // The database may have failed over just now. Webhooks are carried over to the new history before they learn that they expired.
    if (from.epoch === page.epoch && isBefore(keptOf(page), from)) await this.history.checkAgain();
    throw new CursorExpired(why);
  }
}

function keptOf({ epoch, keptXid, keptId }: StoredPage): Position {
  return { epoch, xid: BigInt(keptXid), id: BigInt(keptId) };
}

/** At the last change that can be read now. If none is left, at the beginning of the feed. */
function endOf(page: StoredPage): Position {
  const kept = keptOf(page);
  if (page.lastXid === null || page.lastId === null) return kept;
  const last = { epoch: page.epoch, xid: BigInt(page.lastXid), id: BigInt(page.lastId) };
  return isBefore(last, kept) ? kept : last;
}

/** Why nothing can be read from this position on; undefined: it can. */
function expiry(from: Position, page: StoredPage): string | undefined {
  if (from.epoch !== page.epoch) return 'The feed has begun anew since this cursor.';
  if (isBefore(from, keptOf(page))) return 'The changes behind this cursor are not kept any more.';
  // Positions that older versions gave out may be there already.
  const isBeyond = isBefore(endOf(page), from) && from.xid > BigInt(page.safeXid);
  return isBeyond ? 'The feed does not reach to this cursor.' : undefined;
}
