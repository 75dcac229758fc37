import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import http from 'node:http';
import pg from 'pg';
import { ResponseCache } from '../../src/http/index.js';
import { DatabaseProxy } from '../e2e/support/database-proxy.js';
import { partnerSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { Replicas } from '../setup/replicas.js';
import type { TestApp } from '../setup/test-app.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

const ID = 16;
const DATE = '2026-03-05';
const SLOTS = `/api/v1/experience/${ID}/slots?date=${DATE}`;
const DATES = `/api/v1/experience/${ID}/dates`;
const ENV = { EXPERIENCES: String(ID), SYNC_TIERS: '10:24h', RESPONSE_CACHE_MB: '8' };
const CHANGES = 40;
const READERS = 6;

interface Seen {
  readonly asOf: string;
  readonly remaining: number;
}

/** One connection, one request after the other. */
class Reader {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  readonly seen: Seen[] = [];

  constructor(
    private readonly app: TestApp,
    private readonly path: string,
  ) {}

  async read(): Promise<Seen> {
    const text = await new Promise<string>((resolve, reject) => {
      const request = http.get(`${this.app.url}${this.path}`, { agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(Buffer.concat(chunks).toString());
        });
      });
      request.on('error', reject);
    });
    const { asOf } = JSON.parse(text) as { asOf: string };
    const seen = { asOf, remaining: remainingOf(text) };
    this.seen.push(seen);
    return seen;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Of the day that changes. */
function remainingOf(text: string): number {
  const answer = JSON.parse(text) as {
    slots?: { remaining: number }[];
    dates?: { date: string; remaining: number }[];
  };
  const shown = answer.slots?.[0] ?? answer.dates?.find(({ date }) => date === DATE);
  return shown?.remaining ?? NaN;
}

describe('Answers from memory, while days change', () => {
  let replicas: Replicas;
  let apps: TestApp[];

  beforeEach(async () => {
    replicas = await Replicas.create(ENV, { sandbox: { speed: 0 } });
    apps = [await replicas.start(), await replicas.start()];
    await change(0);
    await apps[0]?.syncUntilIdle();
    await until('notices are heard', () => apps.every(({ app }) => app.get(ResponseCache).ready));
  });
  afterEach(() => replicas.close());

  const change = async (remaining: number): Promise<void> => {
    replicas.partner.setTruth(ID, DATE, [partnerSlot({ startDate: DATE, remaining: 1 + remaining })]);
    const [first] = apps;
    if (!first || remaining === 0) return;
    replicas.clock.advance(1_100);
    await makeDue(first.prisma, ID, DATE, replicas.clock.now());
    await first.tick();
  };

  it('never go back in time on one connection, and are those of now as soon as the notice is heard', async () => {
    const readers = apps.flatMap((app) =>
      Array.from({ length: READERS }, (_, i) => new Reader(app, i % 2 === 0 ? SLOTS : DATES)),
    );
    let done = false;
    const reading = readers.map(async (reader) => {
      while (!done) await reader.read();
    });
    const delays: number[] = [];
    for (let i = 1; i <= CHANGES; i++) {
      await change(i);
      const recorded = performance.now();
      await until('all readers see it', () => readers.every(({ seen }) => seen.at(-1)?.remaining === 1 + i));
      delays.push(performance.now() - recorded);
    }
    done = true;
    await Promise.all(reading);
    for (const { seen } of readers) {
      const remaining = seen.map((one) => one.remaining);
      expect(remaining).toEqual(remaining.toSorted((a, b) => a - b));
    }
    const hits = apps.map(({ app }) => app.get(ResponseCache).counts.hits);
    // Most of it came from memory, or this would prove nothing.
    expect(Math.min(...hits)).toBeGreaterThan(CHANGES * READERS);
    delays.sort((a, b) => a - b);
    process.stdout.write(
      `seen everywhere within ${delays[CHANGES / 2]?.toFixed()} ms (median), ${delays.at(-1)?.toFixed()} ms at most; hits ${hits.join(' and ')}\n`,
    );
    readers.forEach((reader) => {
      reader.close();
    });
  }, 60_000);

  it('are not given while the notices are not heard, and nothing older is kept from before', async () => {
    const [, second] = apps;
    if (!second) throw new Error('no second replica');
    const cache = second.app.get(ResponseCache);
    const reader = new Reader(second, SLOTS);
    await reader.read();
    await reader.read();
    expect(cache.counts.answers).toBeGreaterThan(0);
    const client = new pg.Client({ connectionString: replicas.database.url });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'slotmirror notices'`,
    );
    await until('the loss is noticed', () => !cache.ready);
    expect(cache.counts.answers).toBe(0);
    const { hits } = cache.counts;
    await change(7);
    expect((await reader.read()).remaining).toBe(8);
    await until('notices are heard again', () => cache.ready);
    expect(cache.counts.hits).toBe(hits);
    expect((await reader.read()).remaining).toBe(8);
    await client.end();
    reader.close();
  }, 30_000);
});

describe('With a read replica', () => {
  let replicas: Replicas;
  let behind: TestDatabase;
  let proxy: DatabaseProxy;
  let app: TestApp;

  /** Stands for a replica: another database, into which the days come when the test says so. */
  beforeEach(async () => {
    behind = await createTestDatabase();
    proxy = await DatabaseProxy.before(behind.url);
    replicas = await Replicas.create(
      { ...ENV, RESPONSE_CACHE_MB: '0', DATABASE_REPLICA_URL: proxy.url },
      { sandbox: { speed: 0 } },
    );
    replicas.partner.setTruth(ID, DATE, [partnerSlot({ startDate: DATE, remaining: 1 })]);
    app = await replicas.start();
    await app.syncUntilIdle();
  });
  afterEach(async () => {
    await replicas.close();
    await proxy.cut();
    await behind.drop();
  });

  const replicate = async (): Promise<void> => {
    const primary = new pg.Client({ connectionString: replicas.database.url });
    const replica = new pg.Client({ connectionString: behind.url });
    await Promise.all([primary.connect(), replica.connect()]);
    await replica.query('truncate experience cascade');
    for (const table of ['experience', 'day']) {
      const { rows } = await primary.query<{ row: string }>(`select to_json(t)::text as row from ${table} t`);
      const stored = await replica.query<{ names: string }>(
        `select string_agg(column_name, ', ') as names from information_schema.columns
         where table_schema = current_schema and table_name = $1 and is_generated = 'NEVER'`,
        [table],
      );
      const names = stored.rows[0]?.names ?? '';
      await replica.query(
        `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1::json)`,
        [`[${rows.map(({ row }) => row).join()}]`],
      );
    }
    await Promise.all([primary.end(), replica.end()]);
  };
  const read = async (path = SLOTS): Promise<number> => remainingOf(await (await fetch(app.url + path)).text());
  /** So that it can be told where an answer came from. */
  const mark = async (remaining: number): Promise<void> => {
    const replica = new pg.Client({ connectionString: behind.url });
    await replica.connect();
    await replica.query(
      `update day set slots = replace(slots::text, '"remaining":1,', $1)::json,
         calendar_entry = regexp_replace(calendar_entry, '"remaining":\\d+,', $1)`,
      [`"remaining":${remaining},`],
    );
    await replica.end();
  };

  it.each([SLOTS, DATES])('%s comes from it while it keeps up, and from the primary while it lags', async (path) => {
    await replicate();
    await mark(99);
    expect(await read(path)).toBe(99);
    replicas.partner.setTruth(ID, DATE, [partnerSlot({ startDate: DATE, remaining: 5 })]);
    replicas.clock.advance(1_100);
    await makeDue(app.prisma, ID, DATE, replicas.clock.now());
    await app.tick();
    await until('the notice is heard', async () => (await read(path)) === 5);
    expect(await read(path)).toBe(5);
    await replicate();
    await mark(99);
    // What it shows has remaining 5, which is not marked: it comes from either; one that keeps up is asked again.
    expect(await read(path)).toBe(path === SLOTS ? 5 : 99);
  });

  it('comes from the primary while the replica is out of reach', async () => {
    await replicate();
    await mark(99);
    await proxy.cut();
    expect(await read()).toBe(1);
    expect(await read(DATES)).toBe(1);
    await proxy.mend();
    replicas.clock.advance(6_000);
    expect(await read()).toBe(99);
  });

  it('comes from the primary while the replica lacks a table', async () => {
    await replicate();
    const replica = new pg.Client({ connectionString: behind.url });
    await replica.connect();
    await replica.query('alter table day rename to lost');
    expect([await read(), await read(DATES)]).toEqual([1, 1]);
    await replica.query('alter table lost rename to day');
    await replica.end();
    await mark(99);
    expect(await read()).toBe(1);
    replicas.clock.advance(6_000);
    expect(await read()).toBe(99);
  });

  it.each([
    ['a key that it refuses', (url: URL) => (url.password = 'wrong')],
    ['a certificate that it has not', (url: URL) => url.searchParams.set('sslmode', 'verify-full')],
    ['a database that is not there', (url: URL) => (url.pathname = 'nowhere')],
  ])('comes from the primary where the replica was given %s', async (_, spoil) => {
    const url = new URL(behind.url);
    spoil(url);
    const others = await Replicas.create(
      { ...ENV, RESPONSE_CACHE_MB: '0', DATABASE_REPLICA_URL: url.href },
      { sandbox: { speed: 0 } },
    );
    try {
      const other = await others.start();
      await other.syncUntilIdle();
      expect((await fetch(other.url + SLOTS)).status).toBe(200);
      expect((await fetch(other.url + DATES)).status).toBe(200);
    } finally {
      await others.close();
    }
  });
});
