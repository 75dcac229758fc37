import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Change, ChangePage } from '../../src/changes/change.shape.js';
import { ChangeFeed, ChangeTail } from '../../src/changes/index.js';
import { Catalogue } from '../../src/experience/index.js';
import { RecordedMeanwhile } from '../../src/inventory/change-order.js';
import { Notifications } from '../../src/prisma/index.js';
import type { LocalDate } from '../../src/time/index.js';
import { PollingReader, StreamReader, type FeedReader } from '../setup/change-readers.js';
import { published } from '../setup/published.js';
import { recordAnswer, slotsOf, type RecordedDay } from '../setup/recorders.js';
import { Replicas } from '../setup/replicas.js';
import { connect } from '../setup/sql-client.js';
import type { TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const IDS = [14, 15, 16];
const DATES = ['2026-03-03', '2026-03-04', '2026-03-05'] as LocalDate[];
const DAYS: RecordedDay[] = IDS.flatMap((experienceId) => DATES.map((date) => ({ experienceId, date })));
/** Each for one slow transaction alone, which takes its number long before it records. */
const SLOW_DAYS: RecordedDay[] = DATES.map((date) => ({ experienceId: 17, date }));
const HAMMER_MS = 3_000;

/** A busy machine may take long to begin a transaction. */
const PATIENT = { maxWait: 20_000, timeout: 20_000 };

class RollBack extends Error {}

describe('The change feed, while days are recorded and removed', () => {
  let replicas: Replicas;
  let apps: TestApp[];
  let client: pg.Client;
  let hammering = true;
  let minute = 0;
  let readers: FeedReader[] = [];
  /** Whose slow transactions run. */
  const slow: TestApp[] = [];

  beforeAll(async () => {
    replicas = await Replicas.create({ EXPERIENCES: [...IDS, 17].join(), MISSES_PER_MINUTE: '0' });
    apps = [await replicas.start(), await replicas.start()];
    for (const { experienceId, date } of [...DAYS, ...SLOW_DAYS]) {
      await apps[0]?.prisma.day.create({ data: { experienceId, supplier: 'leap', date: new Date(date) } });
    }
    client = await connect(replicas.database);
    await until('notifications arrive', () => apps.every(({ app }) => app.get(Notifications).connected));
  });
  afterAll(async () => {
    await Promise.all(readers.map((reader) => reader.stop()));
    await client.end();
    await replicas.close();
  });

  const anyApp = (): TestApp => pick(apps);
  const anyPlace = (): string => anyApp().url;
  const nextInstant = (): Date => new Date(Date.parse('2026-03-02T04:00:00Z') + (minute += 1));
  const record = (sql: unknown, day: RecordedDay) =>
    recordAnswer(sql, day, slotsOf({ remaining: Math.floor(Math.random() * 9) }), nextInstant());

  /** Records days one after the other, in competition with others. */
  const recorder = async (): Promise<void> => {
    while (hammering) await record(anyApp().prisma, pick(DAYS));
  };
  /** Commits late, or not at all. @param early has its number before it records */
  const slowRecorder = async (dayOf: () => RecordedDay, early: boolean): Promise<void> => {
    while (hammering) {
      const app = anyApp();
      slow.push(app);
      const work = app.prisma.$transaction(async (sql) => {
        if (early) await sql.$queryRaw`SELECT pg_current_xact_id()::text`;
        if (early) await sleep(Math.random() * 40);
        await record(sql, dayOf());
        await sleep(Math.random() * 40);
        if (Math.random() < 0.3) throw new RollBack();
      }, PATIENT);
      await work.catch((error: unknown) => {
        if (!(error instanceof RollBack || error instanceof RecordedMeanwhile)) throw error;
      });
      slow.splice(slow.indexOf(app), 1);
    }
  };
  /** Goes by the id alone, as a reader of a plain log would. */
  const naiveReader = async (seen: Set<string>): Promise<void> => {
    let last = '0';
    while (hammering) {
      const { rows } = await client.query<{ id: string }>('select id::text from day_change where id > $1 order by id', [
        last,
      ]);
      rows.forEach(({ id }) => seen.add(id));
      last = rows.at(-1)?.id ?? last;
      await sleep(5);
    }
    const { rows } = await client.query<{ id: string }>('select id::text from day_change where id > $1', [last]);
    rows.forEach(({ id }) => seen.add(id));
  };
  const restless = async (reader: FeedReader): Promise<void> => {
    while (hammering) {
      reader.start();
      await sleep(100 + Math.random() * 300);
      await reader.stop();
      await sleep(Math.random() * 50);
    }
    reader.start();
  };
  /** Where a busy machine begins no transaction in time, once more. */
  const removed = (id: number): Promise<void> =>
    until('it is removed', () =>
      anyApp()
        .app.get(Catalogue)
        .remove({ name: 'the test', requestId: null }, id)
        .catch(() => false),
    );
  /** Stops a replica and starts another one, under all of it. */
  const restart = async (): Promise<void> => {
    await sleep(HAMMER_MS / 3);
    const [first, second] = apps;
    if (!first || !second) throw new Error('two replicas run');
    apps = [second];
    // Prisma leaves a transaction open that runs while it disconnects, and it would hold back the feeds of all databases.
    await until('its slow transactions have ended', () => !slow.includes(first), PATIENT.timeout);
    await replicas.stop(first);
    apps = [second, await replicas.start()];
  };

  it('gives every committed version of each day once, in order, to readers who stop and resume at any replica', async () => {
    const { nextCursor } = await begin(anyPlace());
    readers = [
      new PollingReader(anyPlace, nextCursor, 0),
      new PollingReader(anyPlace, nextCursor, 1),
      new PollingReader(anyPlace, nextCursor, 1),
      new StreamReader(anyPlace, nextCursor),
      new StreamReader(anyPlace, nextCursor),
    ];
    const naive = new Set<string>();
    const work = [
      ...SLOW_DAYS.map((day) => slowRecorder(() => day, true)),
      ...[0, 1].map(() => slowRecorder(() => pick(DAYS), false)),
      ...Array.from({ length: 3 }, recorder),
      ...readers.map(restless),
      naiveReader(naive),
      restart(),
    ];
    try {
      await sleep(HAMMER_MS * (2 / 3));
      await removed(14);
      await sleep(HAMMER_MS / 3);
    } finally {
      hammering = false;
      await Promise.allSettled(work);
    }
    await Promise.all(work);

    const { rows } = await client.query<{ day: string; version: number; id: string }>(
      `select experience_id || ' ' || to_char(date, 'YYYY-MM-DD') as day, version, id::text from day_change order by xid, day_change.id`,
    );
    const all = until('all have all of it', () => readers.every(({ seen }) => seen.length >= rows.length));
    await all.catch(() => undefined);
    await Promise.all(readers.map((reader) => reader.stop()));

    const committed = rows.map(({ day, version }) => `${day} ${version}`);
    expect(committed.length).toBeGreaterThan(50);
    for (const { seen } of readers) expect(seen.map(nameOf)).toEqual(committed);
    expect(brokenChains(readers[0]?.seen ?? [])).toEqual([]);
    expect(await lastVersions(client, readers[0]?.seen ?? [])).toEqual([]);
    // Otherwise the hammer is too soft: it would not show a reader that skips what commits late.
    expect(naive.size).toBeLessThan(rows.length);
  });

  it('lets no transaction record a day that a later one has recorded', async () => {
    const { prisma } = anyApp();
    const day = pick(SLOW_DAYS);
    const overtaken = prisma.$transaction(async (sql) => {
      await sql.$queryRaw`SELECT pg_current_xact_id()::text`;
      await record(prisma, day);
      await record(sql, day);
    }, PATIENT);
    await expect(overtaken).rejects.toThrow(RecordedMeanwhile);
    expect(await record(prisma, day)).toBe('changed');
  });

  it('holds back what an older transaction could still precede, and gives it when that ends', async () => {
    const app = anyApp();
    await published(app.prisma);
    const { nextCursor } = await begin(app.url);
    const older = await connect(replicas.database);
    await older.query('begin; select pg_current_xact_id()');
    const day = pick(SLOW_DAYS);
    await record(app.prisma, day);
    expect((await pageAt(app.url, nextCursor)).changes).toEqual([]);
    const waiting = pageAt(app.url, nextCursor, '&wait=20');
    await until('it waits', () => app.app.get(ChangeTail).waiting === 1);
    await older.query('rollback');
    expect((await waiting).changes).toMatchObject([day]);
    await older.end();
  });

  it('gives out only places of changes: numbers of transactions that changed nothing may come again after a crash', async () => {
    const app = anyApp();
    await record(app.prisma, pick(SLOW_DAYS));
    await published(app.prisma);
    const [last] = (await pageAt(app.url, 'latest')).changes.slice(-1);
    for (let i = 0; i < 3; i += 1) await client.query('select pg_current_xact_id()');
    const cursors = [(await begin(app.url)).nextCursor, (await pageAt(app.url, last?.id ?? '')).nextCursor];
    const bulk = await fetch(`${app.url}/api/v1/availability?date=${DATES[0]}`);
    cursors.push(((await bulk.json()) as { changesCursor: string }).changesCursor);
    expect(cursors).toEqual([last?.id, last?.id, last?.id]);
  });

  it('gives what changed while no notification was heard as soon as they are heard again', async () => {
    const [{ app, url, prisma }] = apps as [TestApp];
    await published(prisma);
    const { nextCursor } = await begin(url);
    const waiting = pageAt(url, nextCursor, '&wait=20');
    await until('it waits', () => app.get(ChangeTail).waiting === 1);
    const notifications = app.get(Notifications);
    await client.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'slotmirror notifications' and datname = current_database()`);
    await until('none is heard', () => !notifications.connected);
    const day = pick(SLOW_DAYS);
    await record(prisma, day);
    await until('they are heard again', () => notifications.connected);
    expect((await waiting).changes).toMatchObject([day]);
  });

  it('costs the same for one who waits as for many, and nothing while nothing changes', async () => {
    const [app] = apps as [TestApp];
    await published(app.prisma);
    const { nextCursor } = await begin(app.url);
    const feed = app.app.get(ChangeFeed);
    const tail = app.app.get(ChangeTail);
    const { next } = await feed.read('now', { limit: 1, experiences: null });
    const gone = new AbortController();
    const wait = (ids: number[] | null) =>
      feed.next(next, { limit: 10, experiences: ids && new Set(ids) }, gone.signal);
    const first = wait(null);
    await until('one waits', () => tail.waiting === 1);
    const others = Array.from({ length: 500 }, (_, i) => wait(i % 2 === 0 ? null : [17]));
    const strangers = Array.from({ length: 500 }, () => wait([99]));
    await until('all wait', () => tail.waiting === 1_001);
    await client.query('create extension if not exists pg_stat_statements');
    const reads = async (work: () => Promise<unknown>): Promise<number> => {
      await client.query(
        'select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), 0)',
      );
      await work();
      const { rows } = await client.query<{ calls: number }>(
        `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
         where dbid = (select oid from pg_database where datname = current_database()) and query like '%FROM day_change d%'`,
      );
      return rows[0]?.calls ?? NaN;
    };
    expect(await reads(() => sleep(300))).toBe(0);
    const [day] = SLOW_DAYS as [RecordedDay];
    const read = await reads(async () => {
      await record(app.prisma, day);
      const pages = await Promise.all([first, ...others]);
      for (const { changes } of pages) expect(changes.map(({ content }) => content)).toMatchObject([day]);
    });
    // More than one where a transaction of another test holds the change back for a moment.
    expect(read).toBeLessThan(20);
    expect(tail.waiting).toBe(500);
    gone.abort();
    for (const { changes } of await Promise.all(strangers)) expect(changes).toEqual([]);
    expect((await pageAt(app.url, nextCursor)).changes).toHaveLength(1);
  });
});

function pick<T>(of: readonly T[]): T {
  const one = of[Math.floor(Math.random() * of.length)];
  if (one === undefined) throw new Error('none to choose from');
  return one;
}

async function begin(url: string): Promise<ChangePage> {
  return (await (await fetch(`${url}/api/v1/changes`)).json()) as ChangePage;
}

async function pageAt(url: string, cursor: string, more = ''): Promise<ChangePage> {
  return (await (await fetch(`${url}/api/v1/changes?cursor=${cursor}${more}`)).json()) as ChangePage;
}

function dayOf({ experienceId, date }: Change): string {
  return `${experienceId} ${date}`;
}

function nameOf(change: Change): string {
  return `${dayOf(change)} ${change.version}`;
}

/** Changes that do not begin where the one before of their day ended. */
function brokenChains(changes: readonly Change[]): string[] {
  const last = new Map<string, Change>();
  return changes.flatMap((change) => {
    const before = last.get(dayOf(change));
    last.set(dayOf(change), change);
    const follows =
      change.version === (before?.version ?? 0) + 1 &&
      JSON.stringify(change.before) === JSON.stringify(before?.after ?? null);
    return follows ? [] : [`${nameOf(change)} after ${before?.version}`];
  });
}

/** Days whose last change is not what the table holds of them. */
async function lastVersions(client: pg.Client, changes: readonly Change[]): Promise<string[]> {
  const { rows } = await client.query<{ day: string; version: number }>(
    `select experience_id || ' ' || to_char(date, 'YYYY-MM-DD') as day, version from day where version > 0`,
  );
  const stored = new Map(rows.map(({ day, version }) => [day, version]));
  const last = new Map(changes.map((change) => [dayOf(change), change]));
  return [...last].flatMap(([day, { version, kind }]) => {
    const is = kind === 'removed' ? undefined : version;
    return stored.get(day) === is ? [] : [`${day}: ${stored.get(day)} is stored, and ${is} was the last change`];
  });
}
