import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Change, ChangePage } from '../../src/changes/change.shape.js';
import { ChangeStreams, ChangeTail } from '../../src/changes/index.js';
import type { Availability } from '../../src/experience/availability/availability.shape.js';
import { FeedHistory } from '../../src/changes/feed-history.js';
import { Notifications } from '../../src/prisma/index.js';
import type { LocalDate } from '../../src/time/index.js';
import { EventStream } from '../setup/event-stream.js';
import { published } from '../setup/published.js';
import { recordAnswer, slotsOf } from '../setup/recorders.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const DAY = { experienceId: 14, date: '2026-03-03' as LocalDate };
const OTHER = { experienceId: 15, date: '2026-03-03' as LocalDate };
const CHANGES = '/api/v1/changes';
const DAY_MS = 86_400_000;

describe('GET /api/v1/changes', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14,15', CHANGE_DAYS: '3' } });
    for (const { experienceId, date } of [DAY, OTHER]) {
      await app.prisma.day.create({ data: { experienceId, supplier: 'leap', date: new Date(date) } });
    }
    await until('notifications arrive', () => app.app.get(Notifications).connected);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.clock.advance(1_000);
  });

  const record = (day: typeof DAY, slots: Parameters<typeof recordAnswer>[2]) => {
    app.clock.advance(1_000);
    return recordAnswer(app.prisma, day, slots, app.clock.now());
  };
  const read = async (query: string): Promise<ChangePage> => {
    await published(app.prisma);
    const answer = await request(app.url).get(`${CHANGES}${query}`);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    return answer.body as ChangePage;
  };
  const now = async () => (await read('')).nextCursor;
  const kinds = async (cursor: string) => (await read(`?cursor=${cursor}`)).changes.map(({ kind }) => kind);
  const problem = async (path: string, headers = {}) => {
    await published(app.prisma);
    const answer = await request(app.url).get(path).set(headers);
    return { ...(answer.body as { code: string; detail: string; restart?: string }), status: answer.status };
  };

  it('lists what changed since the cursor, with the calendar’s summary before and after', async () => {
    const cursor = await now();
    expect((await read(`?cursor=${cursor}`)).changes).toEqual([]);
    await record(DAY, slotsOf({ remaining: 3, amount: 20.5 }));
    const at = app.clock.now().toISOString();
    await record(DAY, slotsOf({ remaining: 2, amount: 20.5 }));
    const { changes, nextCursor } = await read(`?cursor=${cursor}`);
    const price = { finalPrice: 20.5, originalPrice: 99, discount: 1, currencyCode: 'SGD' };
    const first = { openSlots: 1, remaining: 3, price };
    expect(changes).toEqual([
      { id: expect.any(String), ...DAY, version: 1, kind: 'opened', at, before: null, after: first },
      expect.objectContaining({ version: 2, kind: 'remaining', before: first, after: { ...first, remaining: 2 } }),
    ]);
    expect((await read(`?cursor=${nextCursor}`)).changes).toEqual([]);
    expect((await read(`?cursor=${changes[0]?.id}`)).changes).toEqual([changes[1]]);
  });

  it('names what a buyer cares about; a confirmation without a change is not listed', async () => {
    const cursor = await now();
    const [{ fingerprint } = { fingerprint: null }] = await app.prisma.day.findMany({ where: { experienceId: 14 } });
    expect(fingerprint).not.toBeNull();
    await record(DAY, slotsOf({ remaining: 2, amount: 30 }));
    await record(DAY, slotsOf({ remaining: 0, amount: 30 }));
    await record(DAY, slotsOf({ remaining: 4, amount: 30 }));
    await record(DAY, []);
    expect(await kinds(cursor)).toEqual(['price', 'sold_out', 'back_in_stock', 'closed']);
    const end = await now();
    app.sandbox.setTruth(OTHER.experienceId, OTHER.date, []);
    await app.syncUntilIdle();
    const filled = await read(`?cursor=${end}&limit=1000`);
    expect(filled.changes.length).toBeGreaterThan(0);
    app.clock.advance(20 * 60_000);
    expect(await app.syncUntilIdle()).toBeGreaterThan(0);
    // Most of them confirmed what was known.
    const { rows } = await countRows();
    expect(rows).toBe(await sumOfVersions());
  });

  const countRows = async () => {
    const [row] = await app.prisma.$queryRaw<{ rows: number }[]>`SELECT count(*)::int AS rows FROM day_change`;
    return row ?? { rows: NaN };
  };
  const sumOfVersions = async (): Promise<number> =>
    (await app.prisma.day.aggregate({ _sum: { version: true } }))._sum.version ?? 0;

  it('follows what availability said, although changes of before were not committed then', async () => {
    const url = `/api/v1/availability?date=${DAY.date}&experience=14,15`;
    const copy = async (more = '') => (await request(app.url).get(url + more)).body as Availability;
    const open = ({ experiences }: Availability) => experiences.map(({ dates }) => dates[0]?.state);
    await record(DAY, slotsOf({ remaining: 4 }));
    await record(OTHER, slotsOf({ remaining: 4 }));
    await until('both are open', async () => open(await copy()).join() === 'available,available');
    await published(app.prisma);
    const following = async (cursor: string | null) => (await read(`?cursor=${cursor}`)).changes;
    // Not kept in memory, as the other one is: its cursor may be of before they were published.
    expect(await following((await copy('&limit=9')).changesCursor)).toEqual([]);
    const held = await app.prisma.$transaction(async (older) => {
      await older.$queryRaw`SELECT pg_current_xact_id()::text`;
      await record(OTHER, slotsOf({ remaining: 0 }));
      await until('it is sold out', async () => open(await copy()).join() === 'available,sold_out');
      return copy();
    });
    await record(DAY, slotsOf({ remaining: 0 }));
    // What was shown already comes again: the feed could not list it at that time.
    expect((await following(held.changesCursor)).slice(-2)).toMatchObject([
      { ...OTHER, kind: 'sold_out' },
      { ...DAY, kind: 'sold_out' },
    ]);
  });

  it('comes page by page, for some experiences', async () => {
    const cursor = await now();
    for (let remaining = 1; remaining <= 3; remaining += 1) {
      await record(DAY, slotsOf({ remaining }));
      await record(OTHER, slotsOf({ remaining }));
    }
    const seen: Change[] = [];
    for (let at = cursor, page; (page = await read(`?cursor=${at}&limit=2`)).changes.length > 0; at = page.nextCursor) {
      expect(page.changes.length).toBeLessThanOrEqual(2);
      seen.push(...page.changes);
    }
    expect(seen.map(({ experienceId }) => experienceId)).toEqual([14, 15, 14, 15, 14, 15]);
    const some = await read(`?cursor=${cursor}&experience=15,99&limit=2`);
    expect(some.changes).toEqual([seen[1], seen[3]]);
    expect((await read(`?cursor=${some.nextCursor}&experience=15,99`)).changes).toEqual([seen[5]]);
  });

  it('lists the latest changes, and goes on from there', async () => {
    for (const remaining of [31, 32, 33]) await record(DAY, slotsOf({ remaining }));
    await record(OTHER, slotsOf({ remaining: 34 }));
    const { changes, nextCursor } = await read('?cursor=latest&limit=3');
    expect(changes).toMatchObject([{ after: { remaining: 32 } }, { after: { remaining: 33 } }, OTHER]);
    // Counted before the filter.
    expect((await read('?cursor=latest&limit=3&experience=15')).changes).toEqual(changes.slice(2));
    await record(DAY, slotsOf({ remaining: 35 }));
    expect((await read(`?cursor=${nextCursor}`)).changes).toMatchObject([{ after: { remaining: 35 } }]);
    const all = (await read('?cursor=oldest&limit=1000')).changes;
    expect((await read('?cursor=latest&limit=1000')).changes).toEqual(all);
  });

  it('waits for a change, but not for one of another experience', async () => {
    const cursor = await now();
    const waiting = read(`?cursor=${cursor}&experience=15&wait=20`);
    await until('it waits', () => app.app.get(ChangeTail).waiting === 1);
    await record(DAY, slotsOf({ remaining: 7 }));
    await record(OTHER, slotsOf({ remaining: 8 }));
    expect((await waiting).changes).toMatchObject([OTHER]);
    const end = await now();
    const empty = await read(`?cursor=${end}&wait=1`);
    expect(empty.changes).toEqual([]);
    expect((await read(`?cursor=${empty.nextCursor}`)).changes).toEqual([]);
  });

  it.each([
    ['?cursor=nonsense', 'INVALID_REQUEST'],
    ['?cursor=now&cursor=now', 'INVALID_REQUEST'],
    ['?limit=0', 'INVALID_REQUEST'],
    ['?limit=1001', 'INVALID_REQUEST'],
    ['?wait=31', 'INVALID_REQUEST'],
    ['?wait=-1', 'INVALID_REQUEST'],
    ['?since=now', 'INVALID_REQUEST'],
    ['?experience=', 'INVALID_EXPERIENCE_ID'],
    ['?experience=14,x', 'INVALID_EXPERIENCE_ID'],
    ['/stream?cursor=nonsense', 'INVALID_REQUEST'],
  ])('refuses %s', async (query, code) => {
    expect(await problem(`${CHANGES}${query}`)).toMatchObject({ status: 400, code });
  });

  it('streams what changes, and goes on behind the last event that a client had', async () => {
    const open = (headers = {}) => EventStream.open(`${app.url}${CHANGES}/stream?experience=14`, headers);
    await published(app.prisma);
    const stream = await open();
    await until('it waits', () => app.app.get(ChangeTail).waiting === 1);
    await record(OTHER, slotsOf({ remaining: 1 }));
    await record(DAY, slotsOf({ remaining: 1 }));
    await until('it has the change', () => stream.of('change').length === 1);
    const [first] = stream.of('change') as Change[];
    expect(first).toMatchObject(DAY);
    for (let beats = 0; beats < 3; beats += 1) await app.app.get(ChangeStreams).beat();
    await until('it is kept alive', () => stream.comments > 0);
    stream.close();
    await record(DAY, slotsOf({ remaining: 2 }));
    await record(DAY, slotsOf({ remaining: 3 }));
    const resumed = await open({ 'last-event-id': first?.id ?? '' });
    await until('it has what it missed', () => resumed.of('change').length === 2);
    expect((resumed.of('change') as Change[]).map(({ version }) => version)).toEqual(
      [1, 2].map((n) => n + (first?.version ?? 0)),
    );
    resumed.close();
    await until('nobody streams', () => app.app.get(ChangeStreams).open === 0);
  });

  it('answers HEAD without a stream', async () => {
    expect((await fetch(`${app.url}${CHANGES}/stream`, { method: 'HEAD' })).status).toBe(200);
    expect(app.app.get(ChangeStreams).open).toBe(0);
  });

  it('lists the removal of each known day of an experience', async () => {
    const cursor = await now();
    const known = await app.prisma.day.findMany({
      where: { experienceId: 15, version: { gt: 0 } },
      orderBy: { date: 'asc' },
    });
    await request(app.url)
      .delete('/api/v1/experience/15')
      .set({ authorization: `Bearer ${ADMIN_KEY}` })
      .expect(204);
    const { changes } = await read(`?cursor=${cursor}`);
    expect(changes.map(({ date, version, kind, after }) => [date, version, kind, after])).toEqual(
      known.map(({ date, version }) => [date.toISOString().slice(0, 10), version + 1, 'removed', null]),
    );
    expect(changes.length).toBeGreaterThan(0);
  });

  it('says 410, and how to start again, when what follows the cursor is not kept any more', async () => {
    const [old, { changes }] = [await now(), await read('?cursor=oldest&limit=5')];
    await record(DAY, slotsOf({ remaining: 5 }));
    app.clock.advance(3 * DAY_MS + 2_000);
    await record(DAY, slotsOf({ remaining: 6 }));
    await app.sync.everyMinute();
    // What followed is in memory until nobody has waited for some seconds.
    for (let rests = 0; rests < 2; rests += 1) await app.app.get(ChangeTail).rest();
    const gone = { status: 410, code: 'CURSOR_EXPIRED', restart: '/api/v1/availability' };
    for (const cursor of [old, changes[0]?.id]) {
      expect(await problem(`${CHANGES}?cursor=${cursor}`)).toMatchObject(gone);
      expect(await problem(`${CHANGES}?cursor=${cursor}&wait=5`)).toMatchObject(gone);
      expect(await problem(`${CHANGES}/stream`, { 'last-event-id': cursor })).toMatchObject(gone);
    }
    expect((await read('?cursor=oldest')).changes).toMatchObject([{ ...DAY, after: { remaining: 6 } }]);
  });

  it('begins anew in a database that was moved or set back', async () => {
    const cursor = await now();
    await app.prisma.$executeRaw`UPDATE change_feed SET history = 'of another cluster'`;
    // As a dump of another cluster brings it.
    await app.prisma.$executeRaw`INSERT INTO day_change (xid, experience_id, date, version, at)
      VALUES ('9999999999', 14, '2026-03-03', 99, now())`;
    await app.app.get(FeedHistory).checkAgain();
    expect(await problem(`${CHANGES}?cursor=${cursor}`)).toMatchObject({ status: 410, code: 'CURSOR_EXPIRED' });
    const { nextCursor } = await read('?cursor=oldest');
    await record(DAY, slotsOf({ remaining: 8 }));
    expect((await read(`?cursor=${nextCursor}`)).changes).toMatchObject([DAY]);
    const [row] = await app.prisma.$queryRaw<
      { left: number }[]
    >`SELECT count(*)::int AS left FROM day_change WHERE version = 99`;
    expect(row?.left).toBe(0);
    const before = await now();
    await app.app.get(FeedHistory).checkAgain();
    expect((await read(`?cursor=${before}`)).changes).toEqual([]);
  });

  it('gives out cursors that are valid when it began anew while an older transaction runs', async () => {
    const cursors = await app.prisma.$transaction(async (older) => {
      await older.$queryRaw`SELECT pg_current_xact_id()::text`;
      await app.prisma.$executeRaw`UPDATE change_feed SET history = 'of another cluster'`;
      await app.app.get(FeedHistory).checkAgain();
      return [await now(), (await read('?cursor=oldest')).nextCursor];
    });
    await record(DAY, slotsOf({ remaining: 9 }));
    for (const cursor of cursors) expect((await read(`?cursor=${cursor}`)).changes).toMatchObject([DAY]);
  });
});
