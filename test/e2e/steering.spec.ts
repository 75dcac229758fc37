import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SyncStatus } from '../../src/sync/monitoring/status.shape.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { expectProblem } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const ALICE_KEY = 'the-key-of-alice-for-tests';
const MINUTE_MS = 60_000;

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly experienceId: number | null;
  readonly detail: unknown;
  readonly requestId: string | null;
}

describe('steering', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: '14,15', SYNC_TIERS: '2:1h', ADMIN_API_KEYS: `alice:${ALICE_KEY}` },
    });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const call = (method: Method, path: string, key = ALICE_KEY) =>
    request(app.url)
      [method](`/api/v1${path}`)
      .set({ authorization: `Bearer ${key}`, 'x-request-id': 'req-of-the-test' });
  const audit = async (query = ''): Promise<Entry[]> =>
    ((await call('get', `/admin/audit${query}`)).body as { entries: Entry[] }).entries;
  const asked = async (): Promise<Set<number | null>> => {
    const before = app.sandbox.requests().length;
    await app.syncUntilIdle();
    return new Set(
      app.sandbox
        .requests()
        .slice(before)
        .map(({ experienceId }) => experienceId),
    );
  };
  const in_ = (ms: number): string => new Date(app.clock.now().getTime() + ms).toISOString();

  it.each([
    ['GET', '/admin/whoami'],
    ['GET', '/admin/audit'],
    ['PUT', '/experience/14'],
    ['PATCH', '/experience/14'],
    ['DELETE', '/experience/14'],
    ['POST', '/experience/14/pause'],
    ['POST', '/experience/14/resume'],
  ])('%s %s needs a key', async (method, path) => {
    expectProblem(await sendRaw(app.url, `/api/v1${path}`, { method }), 401, 'UNAUTHORIZED');
    const headers = { authorization: 'Bearer not-a-key-of-anyone' };
    expectProblem(await sendRaw(app.url, `/api/v1${path}`, { method, headers }), 403, 'FORBIDDEN');
  });

  it('knows whose key it is', async () => {
    expect((await call('get', '/admin/whoami')).body).toEqual({ name: 'alice' });
    expect((await call('get', '/admin/whoami', ADMIN_KEY)).body).toEqual({ name: 'admin' });
  });

  describe('of the sync', () => {
    it('writes down who paused and resumed it, and by which request', async () => {
      const paused = (await call('post', '/sync/pause').send({ reason: 'maintenance' })).body as SyncStatus;
      expect(paused).toMatchObject({ pausedBy: 'alice', reason: 'maintenance', pausedUntil: null });
      await call('post', '/sync/resume', ADMIN_KEY);
      const at = app.clock.now().toISOString();
      const common = { at, experienceId: null, requestId: 'req-of-the-test' };
      expect((await audit()).slice(0, 2)).toEqual([
        { ...common, id: expect.any(String), actor: 'admin', action: 'sync.resume', detail: null },
        {
          ...{ ...common, id: expect.any(String), actor: 'alice', action: 'sync.pause' },
          detail: { reason: 'maintenance', until: null },
        },
      ]);
    });

    it('ends a pause at its end, on the dot, and notes that once', async () => {
      const until = in_(30 * MINUTE_MS);
      const paused = await call('post', '/sync/pause').send({ until });
      expect(paused.body).toMatchObject({ state: 'paused', pausedUntil: until });
      app.clock.advance(30 * MINUTE_MS - 1);
      expect((await call('get', '/sync/status')).body).toMatchObject({ state: 'paused' });
      app.clock.advance(1);
      const running = { state: 'running', since: until, pausedAt: null, pausedBy: null, pausedUntil: null };
      expect((await call('get', '/sync/status')).body).toMatchObject(running);
      await app.sync.everyFiveSeconds();
      await app.sync.everyFiveSeconds();
      expect((await call('get', '/sync/status')).body).toMatchObject(running);
      const ends = (await audit()).filter(({ actor }) => actor === 'schedule');
      expect(ends).toMatchObject([{ action: 'sync.resume', detail: { until }, requestId: null }]);
    });

    it('asks again from the end of a pause on, whether or not anyone noted it', async () => {
      await call('post', '/sync/pause').send({ until: in_(90 * MINUTE_MS) });
      app.clock.advance(89 * MINUTE_MS);
      expect(await asked()).toEqual(new Set());
      app.clock.advance(MINUTE_MS);
      expect(await asked()).toEqual(new Set([14, 15]));
    });

    it('gives a pause another end where one is said, and leaves the rest', async () => {
      await call('post', '/sync/pause').send({ reason: 'first', until: in_(MINUTE_MS) });
      const until = in_(5 * MINUTE_MS);
      const again = await call('post', '/sync/pause', ADMIN_KEY).send({ reason: 'second', until });
      expect(again.body).toMatchObject({ pausedBy: 'alice', reason: 'first', pausedUntil: until });
      expect((await call('post', '/sync/pause')).body).toMatchObject({ pausedUntil: until });
      await call('post', '/sync/resume');
    });

    it.each(['yesterday', '2026-03-29', 12, '2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z', '2026-13-01T00:00:00Z'])(
      'refuses %s as the end of a pause, and does not pause',
      async (until) => {
        const answer = await call('post', '/sync/pause').send({ until });
        expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'INVALID_REQUEST']);
        expect((await call('get', '/sync/status')).body).toMatchObject({ state: 'running' });
      },
    );

    it('changes nothing for HEAD, which only asks', async () => {
      const headers = { authorization: `Bearer ${ALICE_KEY}` };
      expect((await sendRaw(app.url, '/api/v1/sync/pause', { method: 'HEAD', headers })).status).toBe(200);
      expect((await call('get', '/sync/status')).body).toMatchObject({ state: 'running' });
    });
  });

  describe('of an experience', () => {
    const list = async (query = '', key = ALICE_KEY) =>
      (await call('get', `/experience${query}`, key)).body as {
        experiences: { id: number; paused: unknown; syncing: boolean }[];
        nextCursor: string | null;
      };

    it('pauses it with a reason, asks nothing for it, still serves it, and resumes it', async () => {
      const paused = await call('post', '/experience/15/pause').send({ reason: 'price list' });
      const since = app.clock.now().toISOString();
      expect([paused.status, paused.body]).toMatchObject([
        200,
        { id: 15, syncing: false, paused: { since, until: null, by: 'alice', reason: 'price list' } },
      ]);
      app.clock.advance(61 * MINUTE_MS);
      expect(await asked()).toEqual(new Set([14]));
      expect((await call('get', '/experience/15/dates')).status).toBe(200);
      expect((await call('post', '/experience/15/resume')).body).toMatchObject({ syncing: true, paused: null });
      expect(await asked()).toEqual(new Set([15]));
    });

    it('tells who paused it, and why, to admins alone', async () => {
      await call('post', '/experience/15/pause').send({ reason: 'internal' });
      expect((await list()).experiences[1]?.paused).toMatchObject({ by: 'alice', reason: 'internal' });
      const open = (await request(app.url).get('/api/v1/experience')).body as { experiences: { paused: object }[] };
      expect(Object.keys(open.experiences[1]?.paused ?? {})).toEqual(['since', 'until']);
      await call('post', '/experience/15/resume');
    });

    it('ends its pause by itself', async () => {
      const until = in_(90 * MINUTE_MS);
      await call('post', '/experience/14/pause').send({ until });
      app.clock.advance(90 * MINUTE_MS);
      expect((await list()).experiences[0]).toMatchObject({ syncing: true, paused: null });
      await app.sync.everyFiveSeconds();
      expect(await asked()).toEqual(new Set([14, 15]));
      const [entry] = await audit('?experience=14&limit=1');
      expect(entry).toMatchObject({
        actor: 'schedule',
        action: 'experience.resume',
        experienceId: 14,
        detail: { until },
      });
    });

    it('adds one, which is then mirrored, changes and removes it', async () => {
      const added = await call('put', '/experience/16').send({ name: 'Harbour cruise', timeZone: 'europe/paris' });
      const entry = { id: 16, name: 'Harbour cruise', timeZone: 'Europe/Paris', syncing: true, paused: null };
      const listing = { supplier: 'leap', product: '16', option: null };
      expect([added.status, added.body]).toEqual([201, { ...entry, ...listing }]);
      app.clock.advance(6_000);
      expect(await asked()).toContain(16);
      expect((await call('get', '/experience/16/dates')).status).toBe(200);
      const again = await call('put', '/experience/16').set('if-none-match', '*').send({ name: null });
      expect([again.status, (again.body as { code: string }).code]).toEqual([412, 'EXPERIENCE_EXISTS']);
      expect((await call('get', '/experience/16')).body).toMatchObject({ name: 'Harbour cruise' });
      const changed = await call('put', '/experience/16').send({ name: null });
      expect([changed.status, changed.body]).toEqual([200, { ...entry, ...listing, name: null }]);
      expect((await call('delete', '/experience/16')).status).toBe(204);
      expectProblem(await sendRaw(app.url, '/api/v1/experience/16/dates'), 404, 'EXPERIENCE_NOT_FOUND');
      expect((await call('delete', '/experience/16')).status).toBe(404);
      expect((await audit('?experience=16')).map(({ action, detail }) => [action, detail])).toEqual([
        ['experience.remove', null],
        ['experience.change', { name: null }],
        ['experience.add', { ...listing, name: 'Harbour cruise', timeZone: 'Europe/Paris' }],
      ]);
    });

    it('changes only what a PATCH names, and adds nothing', async () => {
      await call('put', '/experience/20').send({ name: 'Night safari', timeZone: 'Europe/Paris' });
      const renamed = await call('patch', '/experience/20').send({ name: 'Safari' });
      expect([renamed.status, renamed.body]).toMatchObject([200, { name: 'Safari', timeZone: 'Europe/Paris' }]);
      const moved = await call('patch', '/experience/20').send({ timeZone: null });
      expect([moved.status, moved.body]).toMatchObject([200, { name: 'Safari', timeZone: 'Asia/Singapore' }]);
      expect((await audit('?experience=20')).map(({ action, detail }) => [action, detail])).toMatchObject([
        ['experience.change', { timeZone: null }],
        ['experience.change', { name: 'Safari' }],
        ['experience.add', { name: 'Night safari' }],
      ]);
      await call('delete', '/experience/20');
      const unknown = await call('patch', '/experience/20').send({ name: 'Safari' });
      expect([unknown.status, (unknown.body as { code: string }).code]).toEqual([404, 'EXPERIENCE_NOT_FOUND']);
      expect((await call('put', '/experience/20').send({})).body).toMatchObject({ name: null });
      await call('delete', '/experience/20');
    });

    it('moves it to another zone: its days are those of that zone', async () => {
      await call('put', '/experience/17').send({});
      app.clock.advance(6_000);
      await app.syncUntilIdle();
      await call('put', '/experience/17').send({ timeZone: 'Pacific/Kiritimati' });
      app.clock.advance(6_000);
      await app.syncUntilIdle();
      const dates = (await call('get', '/experience/17/dates')).body as { from: string };
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(app.clock.now());
      expect(dates.from).toBe(today);
      const days = await app.prisma.day.findMany({
        where: { experienceId: 17, dueAt: { not: null } },
        orderBy: { date: 'asc' },
      });
      expect(days.map(({ date }) => date.toISOString().slice(0, 10))[0]).toBe(today);
      await call('delete', '/experience/17');
    });

    it('is not undone by an answer that was under way when it was removed', async () => {
      await call('put', '/experience/18').send({});
      app.clock.advance(6_000);
      const tick = app.sync.claim();
      await tick;
      await call('delete', '/experience/18');
      await app.sync.settled();
      expect(await app.prisma.day.count({ where: { experienceId: 18 } })).toBe(0);
    });

    it.each([
      [{ name: 12 }, 'name'],
      [{ name: 'x'.repeat(201) }, 'name'],
      [{ name: 'a\0b' }, 'name'],
      [{ name: '' }, 'null removes it'],
      [{ name: ' \n' }, 'null removes it'],
      [{ timeZone: 'Mars/Olympus' }, 'Mars/Olympus'],
      [{ timeZone: '+08:00' }, '+08:00'],
      [{ colour: 'red' }, 'colour'],
    ])('refuses %j, and says what is wrong', async (body, named) => {
      for (const method of ['put', 'patch'] as const) {
        const answer = await call(method, '/experience/19').send(body);
        expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'INVALID_REQUEST']);
        expect((answer.body as { detail: string }).detail).toContain(named);
      }
      expect((await list()).experiences.map(({ id }) => id)).not.toContain(19);
    });

    it.each(['0', 'x', '2147483648', '1'.repeat(300)])('refuses %s for an id', async (id) => {
      for (const [method, path] of [
        ['PUT', ''],
        ['PATCH', ''],
        ['DELETE', ''],
        ['POST', '/pause'],
        ['POST', '/resume'],
      ] as const) {
        const headers = { authorization: `Bearer ${ALICE_KEY}` };
        const answer = await sendRaw(app.url, `/api/v1/experience/${id}${path}`, { method, headers });
        expectProblem(answer, 400, 'INVALID_EXPERIENCE_ID');
      }
    });

    it('lists many page by page', async () => {
      const first = await list('?limit=1');
      expect(first.experiences.map(({ id }) => id)).toEqual([14]);
      const second = await list(`?limit=1&cursor=${first.nextCursor}`);
      expect(second.experiences.map(({ id }) => id)).toEqual([15]);
      expect(await list(`?limit=1&cursor=${second.nextCursor}`)).toEqual({ experiences: [], nextCursor: null });
      expect((await call('get', '/experience?limit=0')).status).toBe(400);
      expect((await call('get', '/experience?cursor=x')).status).toBe(400);
    });
  });

  it('lists the trail page by page, newest first', async () => {
    const whole = await audit('?limit=200');
    const walked: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await call('get', `/admin/audit?limit=7&cursor=${cursor}`);
      const page = answer.body as { entries: Entry[]; nextCursor: string | null };
      walked.push(...page.entries);
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(whole);
    expect(whole.length).toBeGreaterThan(20);
  });

  it('forgets the trail after AUDIT_DAYS', async () => {
    app.clock.advance(399 * 24 * 60 * MINUTE_MS);
    await app.sync.everyMinute();
    expect((await audit()).length).toBeGreaterThan(20);
    app.clock.advance(2 * 24 * 60 * MINUTE_MS);
    await app.sync.everyMinute();
    expect(await audit()).toEqual([]);
  });
});
