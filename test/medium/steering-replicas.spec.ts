import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ResponseCache } from '../../src/http/index.js';
import { Replicas } from '../setup/replicas.js';
import { ADMIN_KEY, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const DATES = '/api/v1/experience/14/dates';

describe('what an admin does at one replica', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const start = async (): Promise<readonly [TestApp, TestApp]> => {
    replicas = await Replicas.create({ EXPERIENCES: '14', SYNC_TIERS: '2:24h' });
    const apps = [await replicas.start(), await replicas.start()] as const;
    await apps[0].syncUntilIdle();
    for (const { app } of apps) await until('it is heard', () => Promise.resolve(app.get(ResponseCache).ready));
    return apps;
  };
  const order = (app: TestApp, method: 'put' | 'patch' | 'delete' | 'post', path: string) =>
    request(app.url)
      [method](path)
      .set({ authorization: `Bearer ${ADMIN_KEY}` });
  const status = async (app: TestApp): Promise<number> => (await request(app.url).get(DATES)).status;

  it('makes another forget the answers of an experience that was removed', async () => {
    const [one, other] = await start();
    expect([await status(other), await status(other)]).toEqual([200, 200]);
    await order(one, 'delete', '/api/v1/experience/14');
    await until('it is gone', async () => (await status(other)) === 404);
  });

  it('keeps what was removed out of the catalogue when another starts, until it is put back', async () => {
    const [one] = await start();
    await order(one, 'delete', '/api/v1/experience/14');
    const third = await replicas.start();
    expect(await status(third)).toBe(404);
    await order(third, 'put', '/api/v1/experience/14').send({});
    expect(await status(one)).toBe(200);
    await replicas.stop(third);
    expect(await status(await replicas.start())).toBe(200);
  });

  it('takes changes of several admins at once, without an error', async () => {
    const [one, other] = await start();
    const path = '/api/v1/experience/15';
    for (let round = 0; round < 12; round++) {
      const [added, removed, changed, put, gone] = await Promise.all([
        order(one, 'put', path).send({ name: `a ${round}` }),
        order(other, 'delete', path),
        order(one, 'patch', path).send({ timeZone: 'Asia/Tokyo' }),
        order(other, 'put', path).send({ name: `b ${round}` }),
        order(one, 'delete', path),
      ]);
      for (const { status } of [added, put]) expect([200, 201]).toContain(status);
      for (const { status } of [removed, gone]) expect([204, 404]).toContain(status);
      expect([200, 404]).toContain(changed.status);
    }
  });

  it('is added again where another removes it at the same time', async () => {
    const [one, other] = await start();
    const put = () =>
      order(one, 'put', '/api/v1/experience/14')
        .send({ name: 'Night safari' })
        .then(({ status }) => status);
    const answered = await other.prisma.$transaction(async (sql) => {
      await sql.$executeRaw`SELECT FROM experience WHERE id = 14 FOR UPDATE`;
      const answer = put();
      await until('it waits', async () => {
        const waiting = await one.prisma.$queryRaw<unknown[]>`
          SELECT FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE experience SET%'`;
        return waiting.length > 0;
      });
      await sql.$executeRaw`DELETE FROM experience WHERE id = 14`;
      return () => answer;
    });
    expect(await answered()).toBe(201);
    const audit = await request(one.url)
      .get('/api/v1/admin/audit')
      .set({ authorization: `Bearer ${ADMIN_KEY}` });
    const actions = (audit.body as { entries: { action: string }[] }).entries.map(({ action }) => action);
    expect(actions).toEqual(['experience.add']);
  });

  it('is noted once where its end comes by itself', async () => {
    const [one, other] = await start();
    const end = new Date(replicas.clock.now().getTime() + 60_000).toISOString();
    await order(one, 'post', '/api/v1/sync/pause').send({ until: end });
    await order(one, 'post', '/api/v1/experience/14/pause').send({ until: end });
    replicas.clock.advance(60_000);
    await Promise.all([one, other, one, other].map(({ sync }) => sync.everyFiveSeconds()));
    const entries = await one.prisma.auditEntry.findMany({ where: { actor: 'schedule' } });
    expect(entries.map(({ action }) => action).toSorted()).toEqual(['experience.resume', 'sync.resume']);
  });
});
