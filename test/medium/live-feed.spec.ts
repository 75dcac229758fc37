import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { EventStream } from '../setup/event-stream.js';
import { Replicas } from '../setup/replicas.js';
import { ADMIN_KEY, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { Notifications } from '../../src/prisma/index.js';

const authorization = `Bearer ${ADMIN_KEY}`;
const DATE = '2026-03-03';

describe('the live feed', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const start = async (): Promise<readonly [TestApp, TestApp]> => {
    replicas = await Replicas.create({ EXPERIENCES: '14', SYNC_TIERS: '2:24h' });
    const apps = [await replicas.start(), await replicas.start()] as const;
    await apps[0].syncUntilIdle();
    for (const { app } of apps) await until('it is heard', () => app.get(Notifications).connected);
    return apps;
  };
  const watch = (app: TestApp) => EventStream.open(`${app.url}/api/v1/sync/events`, { authorization });

  it('tells at one replica what another asks for and records', async () => {
    const [one, other] = await start();
    const stream = await watch(other);
    replicas.sandbox.setTruth(14, DATE, [sandboxSlot({ startDate: DATE, remaining: 5 })]);
    replicas.clock.advance(1_100);
    await makeDue(one.prisma, 14, DATE, replicas.clock.now());
    await one.tick();
    const day = { experienceId: 14, date: DATE };
    await until('it is told', () => stream.of('day').length === 1);
    expect(stream.of('lease')).toEqual([{ ...day, until: expect.any(String), failing: false }]);
    expect(stream.of('day')).toEqual([{ ...day, asOf: replicas.clock.now().toISOString() }]);
    stream.close();
  });

  it('tells that a request failed', async () => {
    const [one, other] = await start();
    const stream = await watch(other);
    replicas.sandbox.addFault({ kind: 'status', status: 500, experienceId: 14, date: DATE });
    replicas.clock.advance(1_100);
    await makeDue(one.prisma, 14, DATE, replicas.clock.now());
    await one.tick();
    await until('it is told', () => stream.of('lease').length === 2);
    expect(stream.of('lease')[1]).toEqual({ experienceId: 14, date: DATE, until: null, failing: true });
    stream.close();
  });

  it('tells the state where it moved, once, and first of all to whoever begins to watch', async () => {
    const [one, other] = await start();
    const stream = await watch(other);
    await other.sync.everySecond();
    await other.sync.everySecond();
    await until('the state', () => stream.of('state').length === 1);
    await request(one.url).post('/api/v1/sync/pause').set({ authorization }).send({ reason: 'lunch' });
    await other.sync.everySecond();
    await until('the pause', () => stream.of('state').length === 2);
    expect(stream.of('state')[1]).toMatchObject({ state: 'paused', reason: 'lunch', pausedBy: 'admin' });
    const late = await watch(other);
    await until('the pause', () => late.of('state').length === 1);
    stream.close();
    late.close();
  });

  it('tells that something may have been missed once it is heard again', async () => {
    const [one] = await start();
    const stream = await watch(one);
    await one.prisma.$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'slotmirror notifications' AND datname = current_database()`;
    await until('it is lost', () => !one.app.get(Notifications).connected);
    await until('it is back', () => one.app.get(Notifications).connected);
    await one.sync.everySecond();
    await until('it is told', () => stream.of('resync').length === 1);
    stream.close();
  });

  it('says now and then that it is still there', async () => {
    const [one] = await start();
    const stream = await watch(one);
    for (let i = 0; i < 15; i++) await one.sync.everySecond();
    await until('a word', () => stream.comments === 1);
    stream.close();
  });

  it('ends with the server, which does not wait for whoever watches', async () => {
    const [one] = await start();
    const stream = await watch(one);
    await replicas.stop(one);
    await until('it ends', () => stream.ended);
  });

  it('has room for many, and sends the next away', async () => {
    const [one] = await start();
    const streams = await Promise.all(Array.from({ length: 50 }, () => watch(one)));
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    const refused = await request(one.url).get('/api/v1/sync/events').set({ authorization });
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60']);
    streams[0]?.close();
    await until('one leaves', async () => {
      const next = await watch(one);
      next.close();
      return next.status === 200;
    });
    for (const stream of streams) stream.close();
  });
});
