import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import http from 'node:http';
import pg from 'pg';
import { ResponseCache } from '../../src/http/index.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { Replicas } from '../setup/replicas.js';
import type { TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const ID = 16;
const DATE = '2026-03-05';
const SLOTS = `/api/v1/experience/${ID}/slots?date=${DATE}`;
const DATES = `/api/v1/experience/${ID}/dates`;
const ENV = { EXPERIENCES: String(ID), SYNC_TIERS: '10:24h' };
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
    replicas = await Replicas.create(ENV, { sandboxOptions: { speed: 0 } });
    apps = [await replicas.start(), await replicas.start()];
    await change(0);
    await apps[0]?.syncUntilIdle();
    await until('notifications are heard', () => apps.every(({ app }) => app.get(ResponseCache).ready));
  });
  afterEach(() => replicas.close());

  const change = async (remaining: number): Promise<void> => {
    replicas.sandbox.setTruth(ID, DATE, [sandboxSlot({ startDate: DATE, remaining: 1 + remaining })]);
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
  });

  it('are not given while the notifications are not heard, and nothing older is kept from before', async () => {
    const [, second] = apps;
    if (!second) throw new Error('no second replica');
    const cache = second.app.get(ResponseCache);
    const reader = new Reader(second, SLOTS);
    await reader.read();
    await reader.read();
    expect(cache.counts.responses).toBeGreaterThan(0);
    const client = new pg.Client({ connectionString: replicas.database.url });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'slotmirror notifications'`,
    );
    await until('the loss is noticed', () => !cache.ready);
    expect(cache.counts.responses).toBe(0);
    const { hits } = cache.counts;
    await change(7);
    expect((await reader.read()).remaining).toBe(8);
    await until('notifications are heard again', () => cache.ready);
    expect(cache.counts.hits).toBe(hits);
    expect((await reader.read()).remaining).toBe(8);
    await client.end();
    reader.close();
  });
});
