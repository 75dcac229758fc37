import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { DayRepository } from '../../src/inventory/index.js';
import type { BackfillList, BackfillReport } from '../../src/sync/backfill/backfill.shape.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { Replicas } from '../setup/replicas.js';
import { pauseSync, readSlots } from '../setup/sync-api.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const DATE = '2026-03-04';
const DAY = `/experience/14/days/${DATE}/refresh`;
const ENV = { EXPERIENCES: '14,15', SYNC_TIERS: '5:24h' };
const REFUSED: readonly (readonly [path: string, body: object, status: number, code: string])[] = [
  ['/experience/99/refresh', {}, 404, 'EXPERIENCE_NOT_FOUND'],
  ['/experience/14/days/2026-02-30/refresh', {}, 400, 'INVALID_DATE'],
  ['/experience/14/days/2026-04-30/refresh', {}, 409, 'NOTHING_TO_FETCH'],
  ['/experience/14/days/2026-03-01/refresh', {}, 409, 'NOTHING_TO_FETCH'],
  ['/sync/run', { days: 0 }, 400, 'INVALID_REQUEST'],
  ['/sync/run', { days: '3' }, 400, 'INVALID_REQUEST'],
  ['/sync/run', { experiences: [1.5] }, 400, 'INVALID_REQUEST'],
  ['/sync/run', { experiences: [99] }, 404, 'EXPERIENCE_NOT_FOUND'],
  ['/sync/run', { colour: 'red' }, 400, 'INVALID_REQUEST'],
];

const post = (app: TestApp, path: string, { prefer, body }: { prefer?: string; body?: object } = {}) =>
  request(app.url)
    .post(`/api/v1${path}`)
    .set({ authorization: `Bearer ${ADMIN_KEY}`, ...(prefer && { prefer }) })
    .send(body ?? {});

const ask = (app: TestApp, method: 'get' | 'delete', path: string) =>
  request(app.url)
    [method](`/api/v1${path}`)
    .set({ authorization: `Bearer ${ADMIN_KEY}` });

describe('fetching now', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<TestApp> => {
    replicas = await Replicas.create({ ...ENV, ...env });
    const app = await replicas.start();
    await app.syncUntilIdle();
    return app;
  };
  const asked = () => replicas.sandbox.requests().map(({ experienceId, date }) => `${experienceId} ${date}`);
  /** Lets time pass until an order is answered. */
  const drive = async <T>(app: TestApp, answer: Promise<T>, ticking = [app]): Promise<T> => {
    let done = false;
    const end = answer.then((value) => {
      done = true;
      return value;
    });
    while (!done) {
      replicas.clock.advance(100);
      await Promise.all(ticking.map((replica) => replica.tick()));
      await new Promise(setImmediate);
    }
    return end;
  };

  it('fetches a day, however fresh it is, and answers when it is done', async () => {
    const app = await start();
    replicas.sandbox.setTruth(14, DATE, [sandboxSlot({ startDate: DATE, remaining: 4 })]);
    const before = asked().length;
    const answer = await drive(app, post(app, DAY, { prefer: 'wait=30' }).then());
    expect(answer.status).toBe(200);
    expect(answer.headers['preference-applied']).toBe('wait=30');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatchObject({ state: 'done', days: 1, confirmed: 1, changed: 1, failed: 0, left: 0 });
    expect(asked().slice(before)).toEqual([`14 ${DATE}`]);
    expect((await readSlots(app, 14, DATE)).body).toMatchObject({ slots: [{ remaining: 4 }] });
  });

  it('answers 202 at once to who does not wait, and joins the same order', async () => {
    const app = await start();
    const before = asked().length;
    for (let i = 0; i < 3; i++) {
      const answer = await post(app, DAY);
      expect([answer.status, (answer.body as BackfillReport).state]).toEqual([202, 'running']);
      expect(answer.headers['preference-applied']).toBeUndefined();
    }
    expect((await drive(app, post(app, DAY, { prefer: 'wait=30' }).then())).status).toBe(200);
    expect(asked().slice(before)).toEqual([`14 ${DATE}`]);
  });

  it('fetches all days of an experience', async () => {
    const app = await start();
    const before = asked().length;
    const answer = await drive(app, post(app, '/experience/15/refresh', { prefer: 'wait=30' }).then());
    expect(answer.body).toMatchObject({ state: 'done', days: 5, confirmed: 5 });
    expect(asked().slice(before).toSorted()).toEqual(['02', '03', '04', '05', '06'].map((day) => `15 2026-03-${day}`));
  });

  it('makes a pass over what is not as fresh as promised, or over all', async () => {
    const app = await start();
    expect((await post(app, '/sync/run')).body).toMatchObject({ state: 'done', days: 0 });
    await app.prisma.day.updateMany({ where: { date: new Date(DATE) }, data: { staleAfter: replicas.clock.now() } });
    const stale = await drive(app, post(app, '/sync/run', { prefer: 'wait=30' }).then());
    expect(stale.body).toMatchObject({ state: 'done', days: 2, confirmed: 2 });
    const two = { body: { days: 2, experiences: [15], fresh: true }, prefer: 'wait=30' };
    expect((await drive(app, post(app, '/sync/run', two).then())).body).toMatchObject({ days: 2, confirmed: 2 });
  });

  it('is incomplete where the supplier fails', async () => {
    const app = await start();
    replicas.sandbox.addFault({ kind: 'status', status: 500, experienceId: 15, date: DATE });
    const answer = await drive(app, post(app, '/experience/15/refresh', { prefer: 'wait=30' }).then());
    expect(answer.body).toMatchObject({ state: 'incomplete', days: 5, confirmed: 4, failed: 1, left: 0 });
  });

  it('says that an empty answer for a day with slots waits to be confirmed', async () => {
    const app = await start();
    for (const truth of [[sandboxSlot({ startDate: DATE })], []]) {
      replicas.sandbox.setTruth(14, DATE, truth);
      await drive(app, post(app, DAY, { prefer: 'wait=30' }).then());
    }
    const { backfills } = (await ask(app, 'get', '/sync/backfill')).body as BackfillList;
    expect(backfills[0]).toMatchObject({ state: 'incomplete', failed: 1 });
    expect(backfills[0]?.failures).toMatchObject([{ error: expect.stringContaining('another request will show') }]);
  });

  it('does not ask for a day that another replica asks for, and is done with its answer', async () => {
    const app = await start();
    const other = await replicas.start();
    const before = asked().length;
    const orders = [app, other].map((replica) => post(replica, DAY, { prefer: 'wait=30' }).then());
    await until('both are taken', async () => (await app.prisma.auditEntry.count()) === 2);
    const answers = await drive(app, Promise.all(orders), [app, other]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(asked().slice(before)).toEqual([`14 ${DATE}`]);
  });

  it('keeps within the budget, and leaves a part of it to readers', async () => {
    const app = await start({ SYNC_TIERS: '20:24h', SUPPLIER_REQUESTS_PER_MINUTE: '600' });
    await app.prisma.day.updateMany({ where: { experienceId: 14 }, data: { dueAt: replicas.clock.now() } });
    const before = asked().length;
    const from = replicas.clock.now().getTime();
    await drive(app, post(app, '/experience/15/refresh', { prefer: 'wait=30' }).then());
    expect(asked().slice(before).slice(0, 8)).toContainEqual(expect.stringMatching(/^14 /));
    const perMinute = ((asked().length - before) / (replicas.clock.now().getTime() - from)) * 60_000;
    expect(perMinute).toBeLessThanOrEqual(660);
  });

  it('is over at once where the sync is paused, and while it goes on once it is', async () => {
    const app = await start();
    const order = post(app, '/experience/14/refresh', { prefer: 'wait=30' }).then();
    await until('it is taken', async () => (await app.prisma.auditEntry.count()) === 1);
    await pauseSync(app);
    expect((await drive(app, order)).body).toMatchObject({ state: 'paused', days: 5 });
    const answer = await post(app, DAY, { prefer: 'wait=30' });
    expect([answer.status, (answer.body as BackfillReport).state]).toEqual([200, 'paused']);
  });

  it('requests nothing more of an experience that is paused meanwhile', async () => {
    const app = await start({ SYNC_TIERS: '20:24h', SUPPLIER_REQUESTS_PER_MINUTE: '60' });
    const before = asked().length;
    const { id } = (await post(app, '/experience/15/refresh')).body as BackfillReport;
    const run = async (seconds: number): Promise<void> => {
      for (let i = 0; i < seconds * 10; i++) {
        replicas.clock.advance(100);
        await app.tick();
      }
    };
    await run(3);
    const { length } = asked();
    expect(length).toBeGreaterThan(before);
    await post(app, '/experience/15/pause').expect(200);
    await run(10);
    expect(asked()).toHaveLength(length);
    await app.sync.everySecond();
    expect((await ask(app, 'get', `/sync/backfill/${id}`)).body).not.toMatchObject({ state: 'running' });
  });

  it('asks again for a day whose answer could not be recorded', async () => {
    const app = await start();
    const before = asked().length;
    const recording = jest.spyOn(app.app.get(DayRepository), 'record');
    recording.mockRejectedValueOnce(new Error('Connection terminated unexpectedly'));
    const answer = await drive(app, post(app, DAY, { prefer: 'wait=30' }).then());
    expect(answer.body).toMatchObject({ state: 'done', confirmed: 1 });
    expect(asked().slice(before)).toEqual([`14 ${DATE}`, `14 ${DATE}`]);
    recording.mockRestore();
  });

  it('ends with the server', async () => {
    const app = await start();
    const order = post(app, DAY, { prefer: 'wait=30' }).then();
    await until('it is taken', async () => (await app.prisma.auditEntry.count()) === 1);
    await replicas.stop(app);
    expect((await order).body).toMatchObject({ state: 'stopped', left: 1 });
  });

  it('says where its progress is, on any replica, and names the days that failed', async () => {
    const app = await start();
    const other = await replicas.start();
    replicas.sandbox.addFault({ kind: 'status', status: 500, experienceId: 15, date: DATE });
    const taken = await post(app, '/experience/15/refresh');
    const { id } = taken.body as BackfillReport;
    expect([taken.status, taken.headers['location']]).toEqual([202, `/api/v1/sync/backfill/${id}`]);
    expect((await ask(other, 'get', `/sync/backfill/${id}`)).body).toMatchObject({
      ...{ id, state: 'running', days: 5, confirmed: 0, experiences: [15], date: null, startedBy: 'admin' },
    });
    const waiting = post(app, '/experience/15/refresh', { prefer: 'wait=30' }).then();
    expect((await drive(app, waiting)).body).toMatchObject({ id, state: 'incomplete' });
    const [shown] = ((await ask(other, 'get', '/sync/backfill')).body as BackfillList).backfills;
    expect(shown).toMatchObject({ id, state: 'incomplete', confirmed: 4, failed: 1, left: 0 });
    expect(shown?.failures).toEqual([
      { experienceId: 15, date: DATE, error: expect.stringContaining('the supplier answered 500') },
    ]);
    expect((await ask(app, 'get', '/sync/backfill/5b6c1f0e-3f5d-4c1b-9a53-0a4f2d1c7e88')).status).toBe(404);
    expect((await ask(app, 'get', '/sync/backfill/x')).body).toMatchObject({ code: 'BACKFILL_NOT_FOUND' });
  });

  it('is cancelled on whichever replica: nothing more is requested', async () => {
    const app = await start();
    const other = await replicas.start();
    const { id } = (await post(app, '/experience/15/refresh')).body as BackfillReport;
    const flagged = await ask(other, 'delete', `/sync/backfill/${id}`);
    expect([flagged.status, flagged.headers['location']]).toEqual([202, `/api/v1/sync/backfill/${id}`]);
    const before = asked().length;
    for (let i = 0; i < 2; i++) await app.sync.everySecond();
    expect((await ask(other, 'get', `/sync/backfill/${id}`)).body).toMatchObject({ state: 'cancelled', left: 5 });
    await app.syncUntilIdle();
    expect(asked().slice(before)).toEqual([]);
    const again = (await post(app, '/experience/15/refresh')).body as BackfillReport;
    expect(again.id).not.toBe(id);
    const here = await ask(app, 'delete', `/sync/backfill/${again.id}`);
    expect([here.status, (here.body as BackfillReport).state]).toEqual([200, 'cancelled']);
    expect((await ask(app, 'delete', `/sync/backfill/${again.id}`)).status).toBe(200);
    const entries = await app.prisma.auditEntry.findMany({ where: { action: 'backfill.cancel' } });
    expect(entries.map(({ detail }) => detail)).toEqual([{ backfill: id }, { backfill: again.id }]);
    expect((await request(app.url).delete(`/api/v1/sync/backfill/${id}`)).status).toBe(401);
  });

  it('counts as stopped when its process was killed', async () => {
    const app = await start();
    const { id } = (await post(app, DAY)).body as BackfillReport;
    replicas.clock.advance(31_000);
    expect((await ask(app, 'get', `/sync/backfill/${id}`)).body).toMatchObject({ state: 'stopped', left: 1 });
  });

  it('writes down who ordered what', async () => {
    const app = await start();
    await post(app, DAY);
    await post(app, '/experience/14/refresh');
    await post(app, '/sync/run', { body: { days: 3 } });
    const entries = await app.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });
    expect(entries.map(({ action, experienceId, detail }) => [action, experienceId, detail])).toEqual([
      ['day.refresh', 14, { date: DATE }],
      ['experience.refresh', 14, null],
      ['sync.run', null, { days: 3, experiences: null, fresh: false }],
    ]);
  });

  it('takes so many orders at once, and sends the next away', async () => {
    const app = await start({ EXPERIENCES: '14', SYNC_TIERS: '30:24h' });
    const statuses = [];
    for (let days = 1; days <= 21; days++) {
      statuses.push((await post(app, '/sync/run', { body: { days, fresh: true } })).status);
    }
    expect(statuses).toEqual([...Array<number>(20).fill(202), 503]);
  });
});

describe('an order that can’t be taken', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: ENV });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  it.each(REFUSED)('%s with %j is answered %i', async (path, body, status, code) => {
    const answer = await post(app, path, { body });
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
    expect((await request(app.url).post(`/api/v1${path}`).send(body)).status).toBe(401);
  });
});
