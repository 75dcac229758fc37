import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import type { BackfillList, BackfillReport } from '../../src/sync/backfill/backfill.shape.js';
import { BackfillLog } from '../../src/sync/backfill/backfill-log.js';
import { Replicas } from '../setup/replicas.js';
import { ADMIN_KEY, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const DATE = '2026-03-04';
const DAY = `/experience/14/days/${DATE}/refresh`;
const ENV = { EXPERIENCES: '14,15', SYNC_TIERS: '5:24h' };

describe('an order to fetch', () => {
  let replicas: Replicas;
  let app: TestApp;

  beforeEach(async () => {
    replicas = await Replicas.create(ENV);
    app = await replicas.start();
    await app.syncUntilIdle();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await replicas.close();
  });

  const authorization = `Bearer ${ADMIN_KEY}`;
  const post = (path: string) => request(app.url).post(`/api/v1${path}`).set({ authorization }).send({});
  const get = (path: string) => request(app.url).get(`/api/v1${path}`).set({ authorization });
  const asked = () => replicas.sandbox.requests().length;

  it('fetches only what was stale when it began', async () => {
    const inHalfASecond = new Date(replicas.clock.now().getTime() + 500);
    const staleFrom = (date: string, staleAfter: Date) =>
      app.prisma.day.updateMany({ where: { date: new Date(date) }, data: { staleAfter } });
    await staleFrom(DATE, replicas.clock.now());
    await staleFrom('2026-03-05', inHalfASecond);
    const { id } = (await post('/sync/run')).body as BackfillReport;
    replicas.clock.advance(1_000);
    await app.syncUntilIdle();
    await app.sync.everySecond();
    expect((await get(`/sync/backfill/${id}`)).body).toMatchObject({ state: 'done', days: 2, confirmed: 2 });
  });

  it('fetches nothing if it can’t be written down, and stands in the way of no later one', async () => {
    const log = app.app.get(BackfillLog);
    jest.spyOn(log, 'begin').mockRejectedValueOnce(new Error('Connection terminated unexpectedly'));
    const before = asked();
    expect((await post(DAY)).status).toBeGreaterThanOrEqual(500);
    await app.syncUntilIdle();
    expect(asked()).toBe(before);
    const later = await post(DAY);
    expect([later.status, (later.body as BackfillReport).state]).toEqual([202, 'running']);
    expect(((await get('/sync/backfill')).body as BackfillList).backfills).toHaveLength(1);
  });

  it.each([true, false])('is joined only once it is written down (%s)', async (works) => {
    const log = app.app.get(BackfillLog);
    const write = log.begin.bind(log);
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const writing = jest.spyOn(log, 'begin').mockImplementation(async (...order) => {
      await held;
      if (!works) throw new Error('Connection terminated unexpectedly');
      await write(...order);
    });
    const first = post(DAY).then();
    await until('it is being written', () => Promise.resolve(writing.mock.calls.length === 1));
    let joined = false;
    const second = post(DAY).then((answer) => {
      joined = true;
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(joined).toBe(false);
    go();
    const answers = await Promise.all([first, second]);
    expect(writing).toHaveBeenCalledTimes(1);
    if (works) {
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
      expect(new Set(answers.map(({ body }) => (body as BackfillReport).id)).size).toBe(1);
    } else for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(500);
  });
});
