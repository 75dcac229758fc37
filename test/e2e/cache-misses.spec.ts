import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../setup/sql-client.js';
import { fetchDay } from '../setup/sync-api.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import type { HttpAnswer } from './support/problem.js';
import { sendRaw, type RawRequest } from './support/raw-http.js';

const ID = 16;
const COVERED = `/api/v1/experience/${ID}/slots?date=2026-03-02`;
const NEVER_FETCHED = `/api/v1/experience/${ID}/slots?date=2026-03-20`;
const MOST = 100;
/** Each read is a miss. */
const NO_CACHE = { RESPONSE_CACHE_MB: '0' };

describe('A cache miss', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: {
        ...{ EXPERIENCES: String(ID), SYNC_TIERS: '20:24h', SUPPLIER_REQUESTS_PER_MINUTE: '30' },
        MISSES_PER_MINUTE: String(MOST),
        ...NO_CACHE,
      },
      sandboxOptions: { speed: 0 },
    });
    await fetchDay(app, '2026-03-02');
  });
  afterAll(() => app.close());

  /** Another spelling means the same, and goes through the framework. */
  const spelledOtherwise = (path: string): string => path + (path.includes('?') ? '&' : '?');
  const comparable = ({ status, text, headers }: HttpAnswer) => {
    const sameAtAnyTime = {
      date: '',
      'x-request-id': '',
      'retry-after': '',
      'content-length': '',
      ratelimit: typeof headers['ratelimit'],
    };
    return { status, headers: { ...headers, ...sameAtAnyTime }, text: text.replaceAll(/\d+ seconds/g, '') };
  };
  const both = async (path: string, request: RawRequest = {}): Promise<[HttpAnswer, HttpAnswer]> => [
    await sendRaw(app.url, path, request),
    await sendRaw(app.url, spelledOtherwise(path), request),
  ];

  it.each([
    ['slots', 200, COVERED],
    ['dates', 200, `/api/v1/experience/${ID}/dates`],
    ['a day that was never fetched', 503, NEVER_FETCHED],
    ['a date beyond what is covered', 404, `/api/v1/experience/${ID}/slots?date=2027-03-05`],
    ['an unknown experience', 404, '/api/v1/experience/99/dates'],
    ['a date that is none', 400, `/api/v1/experience/${ID}/slots?date=2026-02-30`],
    ['an id that is none', 400, '/api/v1/experience/4294967296/dates'],
  ])('is answered as through the framework, headers included: %s', async (_name, status, path) => {
    for (const method of ['GET', 'HEAD']) {
      const [direct, framework] = (await both(path, { method })).map(comparable);
      expect(direct?.status).toBe(status);
      expect({ ...direct, text: '' }).toEqual({ ...framework, text: '' });
      // What is refused names the request as it was spelled.
      expect(direct?.text.replaceAll(path, '')).toBe(framework?.text.replaceAll(spelledOtherwise(path), ''));
    }
  });

  it.each([COVERED, `/api/v1/experience/${ID}/dates`])('knows what a client has already: %s', async (path) => {
    const { headers } = await sendRaw(app.url, path);
    const [direct, framework] = await both(path, { headers: { 'if-none-match': headers['etag'] as string } });
    expect(direct).toMatchObject({ status: 304, text: '' });
    expect(comparable(direct)).toEqual(comparable(framework));
  });

  it('counts as one request of the client, also where the framework has to refuse it', async () => {
    const left = async (path: string) => {
      const { headers } = await sendRaw(app.url, path);
      return Number(/r=(\d+)/.exec(String(headers['ratelimit']))?.[1]);
    };
    const before = await left(COVERED);
    expect(await left(NEVER_FETCHED)).toBe(before - 1);
    expect(await left(COVERED)).toBe(before - 2);
  });

  it('is refused alike to a client that asks for too much', async () => {
    for (;;) if ((await sendRaw(app.url, COVERED)).status !== 200) break;
    const [direct, framework] = await both(COVERED);
    expect(direct.status).toBe(429);
    expect({ ...comparable(direct), text: '' }).toEqual({ ...comparable(framework), text: '' });
  });
});

describe('A reader of a day that was never fetched', () => {
  it('waits no longer once the server stops', async () => {
    const env = { EXPERIENCES: String(ID), SYNC_TIERS: '20:24h', SUPPLIER_REQUESTS_PER_MINUTE: '30' };
    const app = await startTestApp({ env: { ...env, READ_THROUGH_WAIT: '30s' }, sandboxOptions: { speed: 0 } });
    await app.tick();
    const answer = sendRaw(app.url, NEVER_FETCHED);
    await until('it waits', async () => (await app.prisma.day.count({ where: { requestedAt: { not: null } } })) === 1);
    let stopped = false;
    const stop = app.close().then(() => (stopped = true));
    await until('it stops', () => Promise.resolve(stopped));
    await stop;
    expect((await answer).status).toBe(503);
  });
});

describe('A read that the server still answers while it stops', () => {
  it('lets go of the connection', async () => {
    const app = await startTestApp({ env: { EXPERIENCES: String(ID), SYNC_TIERS: '20:24h', ...NO_CACHE } });
    await app.syncUntilIdle();
    const read = () => sendRaw(app.url, COVERED, { headers: { connection: 'keep-alive' } });
    expect((await read()).headers['connection']).toBe('keep-alive');
    const client = await connect(app.database);
    // The read needs it, and nothing that the end of the process stores.
    await client.query('BEGIN; LOCK TABLE product_health IN ACCESS EXCLUSIVE MODE');
    const answer = read();
    await until('it waits for the table', async () => {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return (rowCount ?? 0) > 0;
    });
    const stop = app.close();
    // Until the application has heard of it: the locks of its other statements end with the read's.
    await until('it closes', () => Promise.resolve(!app.app.getHttpServer().listening));
    await client.end();
    expect(await answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    await stop;
  });
});
