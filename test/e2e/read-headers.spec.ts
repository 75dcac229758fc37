import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResponseCache } from '../../src/http/index.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import type { HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const ID = 16;
const slots = (date: string) => `/api/v1/experience/${ID}/slots?date=${date}`;
/** Another spelling of the same read, which only the framework understands. */
const byFramework = (path: string) => path + (path.includes('?') ? '&' : '?');
/** Hits are free, so they count against no limit and name none. */
const RATE_LIMIT = ['ratelimit', 'ratelimit-policy'];
const ON_EVERY_RESPONSE = [
  ...['access-control-allow-origin', 'access-control-expose-headers'],
  ...['x-content-type-options', 'x-request-id'],
];

describe('The headers of a public read', () => {
  let app: TestApp;
  let cache: ResponseCache;

  beforeAll(async () => {
    const env = { EXPERIENCES: String(ID), SYNC_TIERS: '20:24h', MISSES_PER_MINUTE: '60' };
    app = await startTestApp({ env, sandboxOptions: { speed: 0 } });
    cache = app.app.get(ResponseCache);
    await app.syncUntilIdle();
    await until('the notifications are heard', () => Promise.resolve(cache.ready));
  });
  afterAll(() => app.close());

  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> =>
    sendRaw(app.url, path, { headers });
  const namesOf = ({ headers }: HttpAnswer, without: readonly string[] = []) =>
    Object.keys(headers)
      .filter((name) => !without.includes(name))
      .sort();

  /** The same read as a miss, as a hit, and through the framework. */
  const threeWays = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    cache.clear();
    const { hits, misses } = cache.counts;
    const miss = await get(path, headers);
    expect(cache.counts).toMatchObject({ hits, misses: misses + 1 });
    const hit = await get(path, headers);
    expect(cache.counts).toMatchObject({ hits: hits + 1, misses: misses + 1 });
    const framework = await get(byFramework(path), headers);
    expect(cache.counts).toMatchObject({ hits: hits + 1, misses: misses + 2 });
    return { miss, hit, framework };
  };

  it.each([
    ['slots', slots('2026-03-05')],
    ['dates', `/api/v1/experience/${ID}/dates`],
  ])('are those of a miss, on a hit and through the framework: %s', async (_, path) => {
    for (const encoding of ['identity', 'br', 'gzip']) {
      const { miss, hit, framework } = await threeWays(path, { 'accept-encoding': encoding });
      expect(namesOf(miss)).toEqual(expect.arrayContaining([...ON_EVERY_RESPONSE, ...RATE_LIMIT]));
      expect(namesOf(framework)).toEqual(namesOf(miss));
      expect(namesOf(hit)).toEqual(namesOf(miss, RATE_LIMIT));
      const coded = encoding === 'identity' ? undefined : encoding;
      for (const answer of [miss, hit, framework]) {
        expect(answer).toMatchObject({ status: 200, bytes: miss.bytes });
        expect(answer.headers['content-encoding']).toBe(coded);
      }
    }
  });

  it('are alike on a 304', async () => {
    const path = slots('2026-03-06');
    const etag = String((await get(path)).headers['etag']);
    const { miss, hit, framework } = await threeWays(path, { 'if-none-match': etag });
    expect([miss, hit, framework].map(({ status }) => status)).toEqual([304, 304, 304]);
    expect(namesOf(miss)).toEqual(expect.arrayContaining(ON_EVERY_RESPONSE));
    expect(namesOf(framework)).toEqual(namesOf(miss));
    expect(namesOf(hit)).toEqual(namesOf(miss, RATE_LIMIT));
  });

  it('name the request as the client did, each way', async () => {
    const answers = await threeWays(slots('2026-03-07'), { 'x-request-id': 'trace-1' });
    for (const { headers } of Object.values(answers)) expect(headers['x-request-id']).toBe('trace-1');
    const ids = Object.values(await threeWays(slots('2026-03-07'))).map(({ headers }) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(3);
  });

  const problems = async (path: string, status: number) => {
    const [direct, framework] = [await get(path), await get(byFramework(path))];
    expect([direct.status, framework.status]).toEqual([status, status]);
    expect(direct.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(namesOf(direct)).toEqual(expect.arrayContaining(ON_EVERY_RESPONSE));
    expect(namesOf(framework)).toEqual(namesOf(direct));
    return { direct, framework };
  };

  it.each([
    [404, '/api/v1/experience/99/dates'],
    [404, slots('2027-03-05')],
    [400, slots('2026-02-30')],
    [400, '/api/v1/experience/4294967296/dates'],
  ])('are alike on a %i with and without the framework: %s', async (status, path) => {
    await problems(path, status);
  });

  it('are alike on a 429', async () => {
    while ((await get('/api/v1/experience/99/dates')).status !== 429);
    const { direct } = await problems('/api/v1/experience/99/dates', 429);
    expect(namesOf(direct)).toEqual(expect.arrayContaining([...RATE_LIMIT, 'retry-after']));
  });

  it('are on what no route takes, too', async () => {
    for (const path of ['/nothing/here', '/%zz', '/test']) {
      expect(namesOf(await get(path))).toEqual(expect.arrayContaining(ON_EVERY_RESPONSE));
    }
  });
});
