import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { TestClock } from '../../../test/setup/test-clock.js';
import type { MirrorSettings, ServerSettings } from '../../config/index.js';
import { LoadShedder, ResponseCache } from '../../http/index.js';
import { DayEvents, type DayReader, type ExperienceRange, type StoredRangeDay } from '../../inventory/index.js';
import type { Notifications } from '../../prisma/index.js';
import type { LocalDate } from '../../time/index.js';
import { availabilityUrl, parseAvailabilityQuery, type AvailabilityQuery } from './availability-query.js';
import type { Availability } from './availability.shape.js';
import { BulkAvailabilityService } from './bulk-availability.service.js';
import { KeptParts } from './kept-parts.js';

const DATE = '2026-03-05' as LocalDate;
const IDS = [14, 15, 16, 17, 18];
const ALL = parseAvailabilityQuery({ date: DATE, party: 'ADULT:2' });

/** The database's notifications, in the test's hands. */
class HeardNotifications {
  connected = true;
  private readonly channels = new EventEmitter();
  on(channel: string, handler: (payload: string) => void): void {
    this.channels.on(channel, handler);
  }
  onLost(handler: () => void): void {
    this.channels.on('lost', handler);
  }
  confirm(id: number, date: string = DATE): void {
    this.channels.emit('slotmirror_day', `${id} ${date} 2 1772424000000`);
  }
  changeExperience(id: number): void {
    this.channels.emit('slotmirror_experience', String(id));
  }
  lose(): void {
    this.channels.emit('lost');
  }
}

describe('an answer about many experiences', () => {
  let clock: TestClock;
  let notifications: HeardNotifications;
  let cache: ResponseCache;
  let service: BulkAvailabilityService;
  /** How many places each has left, and what was read of them. */
  let places: Map<number, number>;
  let reads: ExperienceRange[];
  /** Called when a read has seen the table, and before it answers. */
  let meanwhile: (() => void) | undefined;

  beforeEach(() => {
    clock = new TestClock();
    notifications = new HeardNotifications();
    places = new Map(IDS.map((id) => [id, 5]));
    reads = [];
    meanwhile = undefined;
    const heard = notifications as unknown as Notifications;
    cache = new ResponseCache({ responseCacheBytes: 1_000_000 } as ServerSettings, heard, clock);
    const range = async <Part>(
      of: ExperienceRange,
      _dates: unknown,
      partOf: (days: [StoredRangeDay], first: StoredRangeDay) => Part,
    ): Promise<Part[]> => {
      reads.push(of);
      const ids = 'ids' in of ? of.ids : [...places.keys()].filter((id) => id > of.after).slice(0, of.limit);
      const rows = ids.filter((id) => places.has(id)).map((id) => dayOf(id, places.get(id) ?? 0, clock.now()));
      await Promise.resolve();
      meanwhile?.();
      return rows.map((row) => partOf([row], rows[0] ?? row));
    };
    const settings = { windowDays: 61, defaultTimeZone: 'Asia/Singapore' } as MirrorSettings;
    service = new BulkAvailabilityService(
      { range } as unknown as DayReader,
      new KeptParts(cache, new DayEvents(heard), clock),
      ...[cache, new LoadShedder(9), settings, clock],
    );
  });

  const ask = async (query: AvailabilityQuery = ALL): Promise<Availability> => {
    const url = availabilityUrl(query);
    const kept = cache.find(url, clock.now());
    const response = kept ?? (await cache.fill(url, () => service.answer(url, query)));
    const { body } = await response.formFor(undefined);
    return JSON.parse(body.toString()) as Availability;
  };
  const statesOf = ({ experiences }: Availability) => experiences.map(({ id, dates }) => `${id} ${dates[0]?.state}`);
  const change = (id: number, left: number): void => {
    places.set(id, left);
    notifications.confirm(id);
  };

  it('is read once, and from then on only what changed', async () => {
    await ask();
    await ask();
    expect(reads).toEqual([{ after: 0, limit: 500 }]);
    change(15, 0);
    change(17, 1);
    expect(statesOf(await ask())).toEqual([
      ...['14 available', '15 sold_out', '16 available', '17 too_few_places', '18 available'],
    ]);
    expect(reads.slice(1)).toEqual([{ ids: [15, 17] }]);
    await ask();
    expect(reads).toHaveLength(2);
  });

  it('is read whole when most of it changed', async () => {
    await ask();
    for (const id of [14, 15, 16]) change(id, 0);
    await ask();
    expect(reads.slice(1)).toEqual([{ after: 0, limit: 500 }]);
  });

  it('is not touched by other dates, and not by experiences that it does not show', async () => {
    const some = parseAvailabilityQuery({ date: DATE, experience: '14,15' });
    await ask();
    await ask(some);
    notifications.confirm(14, '2026-03-06');
    notifications.confirm(99);
    expect(cache.counts.responses).toBe(2);
    change(16, 0);
    expect(cache.counts.responses).toBe(1);
    expect(cache.find(availabilityUrl(some), clock.now())).toBeDefined();
  });

  it('is not kept if one of its days changed while it was read', async () => {
    meanwhile = () => {
      meanwhile = undefined;
      change(15, 0);
    };
    expect(statesOf(await ask())).toContain('15 available');
    expect(cache.counts.responses).toBe(0);
    expect(statesOf(await ask())).toContain('15 sold_out');
    expect(reads.slice(1)).toEqual([{ ids: [15] }]);
  });

  it('knows of every change when reads overtake each other', async () => {
    await ask();
    change(14, 0);
    let overtaking: Promise<Availability> | undefined;
    meanwhile = () => {
      meanwhile = undefined;
      change(18, 0);
      overtaking = ask();
    };
    await ask();
    expect(statesOf((await overtaking) as Availability)).toEqual(
      expect.arrayContaining(['14 sold_out', '18 sold_out']),
    );
    expect(statesOf(await ask())).toEqual(expect.arrayContaining(['14 sold_out', '18 sold_out']));
    expect(reads.slice(1)).toEqual([{ ids: [14] }, { ids: [14, 18] }]);
  });

  it('is read whole after a change of the catalogue, and after notifications were lost', async () => {
    await ask();
    places.set(20, 5);
    notifications.changeExperience(20);
    expect(statesOf(await ask())).toContain('20 available');
    places.set(14, 0);
    notifications.lose();
    expect(statesOf(await ask())).toContain('14 sold_out');
    expect(reads).toHaveLength(3);
    expect(reads.every((of) => 'after' in of)).toBe(true);
  });

  it('is neither kept nor made of kept parts while notifications are not heard', async () => {
    await ask();
    notifications.connected = false;
    places.set(14, 0);
    expect(statesOf(await ask())).toContain('14 sold_out');
    await ask();
    expect(reads).toHaveLength(3);
  });

  it('is computed again after a minute at the latest', async () => {
    await ask();
    clock.advance(59_999);
    await ask();
    expect(reads).toHaveLength(1);
    clock.advance(1);
    await ask();
    expect(reads).toHaveLength(2);
  });
});

function dayOf(id: number, left: number, now: Date): StoredRangeDay {
  const short = [[['ADULT_12~99', 'ADULT', 1, 1, 9, 'SGD']], [['09:00', null, 'a', null, left, [0, left, 10]]]];
  const at = now.getTime();
  return {
    ...{ id, supplier: 'leap', timeZone: null, day: 0, confirmedAt: at, changedAt: at, staleAfter: at + 3_600_000 },
    ...{ dropped: 0, openSlots: left > 0 ? 1 : 0, lastStart: null, failure: null, failingSince: null },
    ...{ shortSlots: JSON.stringify(short), slots: null },
  };
}
