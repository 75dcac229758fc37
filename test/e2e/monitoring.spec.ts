import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Accuracy } from '../../src/sync/accuracy/accuracy.shape.js';
import type { DayDetail } from '../../src/sync/monitoring/day-detail.shape.js';
import type { DayMap } from '../../src/sync/monitoring/day-map.shape.js';
import type { History } from '../../src/sync/monitoring/history.shape.js';
import type { RunReport } from '../../src/sync/monitoring/run.shape.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { expectProblem } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const authorization = `Bearer ${ADMIN_KEY}`;

describe('insight', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14,15,16', SYNC_TIERS: '1:15m,4:4h' } });
    app.sandbox.setTruth(14, '2026-03-02', [
      sandboxSlot({ startDate: '2026-03-02', startTime: '20:00', remaining: 3 }),
    ]);
    app.sandbox.setTruth(14, '2026-03-03', [sandboxSlot({ startDate: '2026-03-03', remaining: 0 })]);
    app.sandbox.setTruth(14, '2026-03-04', []);
    app.sandbox.addFault({ kind: 'status', status: 500, experienceId: 15, date: '2026-03-03' });
    await app.prisma.experience.update({ where: { id: 16 }, data: { pausedAt: app.clock.now(), name: 'Paused one' } });
    await app.tick();
    for (let i = 0; i < 10; i++) {
      app.clock.advance(100);
      await app.tick();
    }
  });
  afterAll(() => app.close());

  const get = async <T>(path: string): Promise<T> => {
    const answer = await request(app.url).get(`/api/v1/sync${path}`).set({ authorization });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    return answer.body as T;
  };

  it.each(['/days', '/days/14/2026-03-02', '/history', '/accuracy', '/events'])('%s needs the key', async (path) => {
    expectProblem(await sendRaw(app.url, `/api/v1/sync${path}`), 401, 'UNAUTHORIZED');
  });

  describe('the map of days', () => {
    it('tells of each day how old it is, by what was promised, and what is the matter with it', async () => {
      const map = await get<DayMap>('/days');
      expect(map).toMatchObject({ asOf: app.clock.now().toISOString(), length: 4, nextAfter: null });
      expect(map.promises).toEqual([900, 14_400, 14_400, 14_400]);
      expect(map.suppliers).toEqual([{ name: 'leap', maxAges: map.promises }]);
      const [one, other, paused] = map.experiences;
      expect(one).toMatchObject({ id: 14, from: '2026-03-02', paused: false, timeZone: 'Asia/Singapore' });
      expect(one?.flags).toEqual([0, 2, 1, expect.any(Number)]);
      expect(one?.ages.slice(0, 3)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
      expect([other?.ages[1], other?.flags[1]]).toEqual([null, 4]);
      expect(paused).toMatchObject({ id: 16, name: 'Paused one', paused: true, ages: [null, null, null, null] });
    });

    it('is read in parts', async () => {
      const ids = [];
      for (let after: number | null = 1; after !== null;) {
        const part: DayMap = await get<DayMap>(`/days?after=${after}&limit=2`);
        ids.push(part.experiences.map(({ id }) => id));
        after = part.nextAfter;
      }
      expect(ids).toEqual([[14, 15], [16]]);
    });

    it.each(['?after=x', '?after=0', '?limit=0', '?limit=501', '?limit=x'])('refuses %s', async (query) => {
      const answer = await request(app.url).get(`/api/v1/sync/days${query}`).set({ authorization });
      expect(answer.status).toBe(400);
    });
  });

  describe('a day', () => {
    it('tells its slots, when it was confirmed, and when and why it is asked for next', async () => {
      const day = await get<DayDetail>('/days/14/2026-03-02');
      const { slots } = (await request(app.url).get('/api/v1/experience/14/slots?date=2026-03-02')).body as DayDetail;
      expect(day).toMatchObject({
        experienceId: 14,
        date: '2026-03-02',
        promiseSeconds: 900,
        version: 1,
        attempts: 0,
        slots,
      });
      expect(day.due.why).toBe('due');
      expect(day.due.at).toBe(new Date(Date.parse(day.confirmedAt ?? '') + 900_000 - 90_000).toISOString());
    });

    it('tells its last error, and when it is tried again', async () => {
      const day = await get<DayDetail>('/days/15/2026-03-03');
      expect(day).toMatchObject({ confirmedAt: null, slots: null, attempts: 1, due: { why: 'retry' } });
      expect(day.lastError).toContain('500');
      expect(Date.parse(day.due.at ?? '')).toBeGreaterThan(app.clock.now().getTime());
    });

    it('tells that its experience is paused', async () => {
      expect((await get<DayDetail>('/days/16/2026-03-02')).due).toMatchObject({ why: 'paused', at: null });
    });

    it.each([
      ['/days/99/2026-03-02', 404, 'DATE_NOT_COVERED'],
      ['/days/14/2027-03-02', 404, 'DATE_NOT_COVERED'],
      ['/days/14/2026-02-30', 400, 'INVALID_DATE'],
      ['/days/x/2026-03-02', 400, 'INVALID_EXPERIENCE_ID'],
    ])('%s is answered %i', async (path, status, code) => {
      expectProblem(await sendRaw(app.url, `/api/v1/sync${path}`, { headers: { authorization } }), status, code);
    });
  });

  it('lists the runs, newest first, page by page', async () => {
    await app.sync.everyFiveSeconds();
    app.clock.advance(61_000);
    await app.sync.everyFiveSeconds();
    app.clock.advance(16 * 60_000);
    await app.tick();
    await app.sync.everyFiveSeconds();
    type Page = { runs: RunReport[]; nextCursor: string | null };
    const whole = await get<Page>('/runs');
    expect(whole.runs.length).toBe(2);
    expect(whole.runs[1]).toMatchObject({
      requested: expect.any(Number),
      failed: 1,
      durationSeconds: expect.any(Number),
    });
    const first = await get<Page>('/runs?limit=1');
    const second = await get<Page>(`/runs?limit=1&cursor=${first.nextCursor}`);
    expect([...first.runs, ...second.runs]).toEqual(whole.runs);
  });

  it('keeps what happened in each minute, from all replicas, and how fresh the mirror was', async () => {
    const path = '/api/v1/experience/14/slots?date=2026-03-02';
    for (let i = 0; i < 3; i++) await request(app.url).get(path);
    await app.sync.everyFiveSeconds();
    await app.sync.everyMinute();
    const { points, ...rest } = await get<History>('/history?range=hour');
    expect(rest).toEqual({ range: 'hour', stepSeconds: 60 });
    expect(points.at(0)).toMatchObject({ changed: expect.any(Number), failed: 1, refused: 0 });
    expect(points.at(-1)).toMatchObject({ days: expect.any(Number), freshDays: expect.any(Number) });
    expect(points.reduce((sum, { reads }) => sum + reads, 0)).toBeGreaterThanOrEqual(3);
    expect(points.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThanOrEqual(2);
    expect(points.map(({ at }) => at).toSorted()).toEqual(points.map(({ at }) => at));
    const day = await get<History>('/history?range=day');
    expect(day.stepSeconds).toBe(300);
    expect(day.points.reduce((sum, { reads }) => sum + reads, 0)).toBe(
      points.reduce((sum, { reads }) => sum + reads, 0),
    );
    const answer = await request(app.url).get('/api/v1/sync/history?range=year').set({ authorization });
    expect(answer.status).toBe(400);
  });

  describe('the measured truth', () => {
    const sums = { unchanged: 80, measured: 88, high: 90, variance: 4, expected: 87 };
    const hoursAgo = (hours: number): Date => {
      const hour = Math.floor(app.clock.now().getTime() / 3_600_000) - hours;
      return new Date(hour * 3_600_000);
    };

    /** What this application measured so far is not the test's. */
    beforeAll(async () => {
      await app.sync.everyFiveSeconds();
      await app.prisma.accuracy.deleteMany();
      await app.prisma.experienceAccuracy.deleteMany();
    });

    it('is added up over the range, by supplier and lead, the worst experiences first', async () => {
      await app.prisma.accuracy.createMany({
        data: [
          { hour: hoursAgo(1), supplier: 'leap', band: 0, reads: 100, ...sums, audits: 10, trueAudits: 9 },
          { hour: hoursAgo(20), supplier: 'leap', band: 4, reads: 100, ...sums, unchanged: 100, measured: 100 },
          { hour: hoursAgo(30), supplier: 'leap', band: 0, reads: 900, ...sums },
        ],
      });
      const date = new Date(app.clock.now().toISOString().slice(0, 10));
      await app.prisma.experienceAccuracy.createMany({
        data: [
          { date, experienceId: 14, reads: 100, ...sums },
          { date, experienceId: 15, reads: 200, ...sums },
          { date, experienceId: 999, reads: 900, ...sums },
        ],
      });
      const day = await get<Accuracy>('/accuracy');
      expect(day).toMatchObject({
        ...{ range: 'day', from: hoursAgo(24).toISOString(), until: app.clock.now().toISOString() },
        total: {
          reads: 200,
          measured: 0.94,
          certain: 0.9,
          expected: 0.87,
          audited: { days: 10, unchanged: 9, share: 0.9 },
        },
        suppliers: [
          {
            supplier: 'leap',
            reads: 200,
            leads: [
              { from: 0, to: 0, reads: 100, measured: 0.88, lower: 0.8, upper: 0.9392 },
              { from: 31, to: null, reads: 100, measured: 1, audited: null },
            ],
          },
        ],
      });
      // That of 999 was removed.
      expect(day.experiences.map(({ id, measured }) => [id, measured])).toEqual([
        [15, 0.44],
        [14, 0.88],
      ]);
      expect((await get<Accuracy>('/accuracy?range=hour')).total).toMatchObject({ reads: 100, measured: 0.88 });
      expect((await get<Accuracy>('/accuracy?range=week&limit=1')).total.reads).toBe(1_100);
      expect((await get<Accuracy>('/accuracy?range=week&limit=1')).experiences).toHaveLength(1);
      const answer = await request(app.url).get('/api/v1/sync/accuracy?range=year').set({ authorization });
      expect(answer.status).toBe(400);
    });

    it('is in the metrics, by supplier', async () => {
      const { text } = await request(app.url).get('/metrics');
      expect(text).toContain('slotmirror_read_accuracy{supplier="leap",figure="upper"} 0.9392');
      expect(text).toContain('slotmirror_read_accuracy{supplier="leap",figure="expected"} 0.87');
      expect(text).toContain('slotmirror_audited_accuracy{supplier="leap",figure="share"} 0.9');
      expect(text).toContain('slotmirror_judged_reads{supplier="leap"} 100');
    });

    it('is kept for a month', async () => {
      await app.prisma.accuracy.create({ data: { hour: hoursAgo(33 * 24), supplier: 'leap', band: 0, reads: 1 } });
      await app.sync.everyMinute();
      expect(await app.prisma.accuracy.count()).toBe(3);
    });
  });
});
