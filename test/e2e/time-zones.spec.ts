import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const NEW_YORK = 'America/New_York';

describe('the local today of an experience', () => {
  let app: TestApp;
  const clock = new TestClock('2026-03-07T12:00:00.000Z');

  beforeAll(async () => {
    app = await startTestApp({ clock, env: { EXPERIENCES: '14,15,16,17,18', SYNC_TIERS: '3:4h' } });
    const zones = { 15: NEW_YORK, 16: 'Asia/Beirut', 17: 'Pacific/Kiritimati', 18: 'Pacific/Pago_Pago' };
    for (const [id, timeZone] of Object.entries(zones)) {
      await app.prisma.experience.update({ where: { id: Number(id) }, data: { timeZone } });
    }
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  async function todayOf(id: number): Promise<string> {
    return ((await request(app.url).get(`/api/v1/experience/${id}/dates`)).body as { from: string }).from;
  }

  async function daysAt(
    id: number,
    instant: string,
  ): Promise<{ status: number; from: string; to: string; unknown: string[] }> {
    clock.set(instant);
    await app.syncUntilIdle();
    const response = await request(app.url).get(`/api/v1/experience/${id}/dates`);
    return { status: response.status, ...(response.body as { from: string; to: string; unknown: string[] }) };
  }

  it.each([
    ['in Singapore', 14, '2026-03-07T16:00:00.000Z', '2026-03-07', '2026-03-08'],
    ['in New York, in winter', 15, '2026-03-08T05:00:00.000Z', '2026-03-07', '2026-03-08'],
    [
      'in New York, in the night after the clocks went forward',
      15,
      '2026-03-09T04:00:00.000Z',
      '2026-03-08',
      '2026-03-09',
    ],
    [
      'in New York, in the night after the clocks went back',
      15,
      '2026-11-02T05:00:00.000Z',
      '2026-11-01',
      '2026-11-02',
    ],
    [
      'in Beirut, where the clocks skip from midnight to one',
      16,
      '2026-03-28T22:00:00.000Z',
      '2026-03-28',
      '2026-03-29',
    ],
    ['on Kiritimati, first of all', 17, '2026-03-07T10:00:00.000Z', '2026-03-07', '2026-03-08'],
    ['in Pago Pago, last of all', 18, '2026-03-08T11:00:00.000Z', '2026-03-07', '2026-03-08'],
  ])('begins at midnight %s', async (_where, id, midnight, before, after) => {
    clock.set(new Date(Date.parse(midnight) - 1));
    expect(await todayOf(id)).toBe(before);
    clock.set(midnight);
    expect(await todayOf(id)).toBe(after);
  });

  it('moves the window of slots that may be asked for', async () => {
    const statusAt = async (instant: string, date: string) => {
      clock.set(instant);
      return (await request(app.url).get(`/api/v1/experience/15/slots?date=${date}`)).status;
    };
    expect(await statusAt('2026-03-09T03:59:59.999Z', '2026-03-08')).not.toBe(404);
    expect(await statusAt('2026-03-09T04:00:00.000Z', '2026-03-08')).toBe(404);
    expect(await statusAt('2026-03-09T03:59:59.999Z', '2026-03-11')).toBe(404);
    expect(await statusAt('2026-03-09T04:00:00.000Z', '2026-03-11')).not.toBe(404);
  });

  it('neither skips nor repeats a date when the clocks change, and every day of the window is fetched', async () => {
    for (const [instant, from, to] of [
      ['2026-03-08T04:30:00Z', '2026-03-07', '2026-03-10'],
      ['2026-03-08T05:00:10Z', '2026-03-08', '2026-03-11'],
      ['2026-03-08T07:00:10Z', '2026-03-08', '2026-03-11'],
      ['2026-03-09T04:00:10Z', '2026-03-09', '2026-03-12'],
      ['2026-11-01T04:00:10Z', '2026-11-01', '2026-11-04'],
      ['2026-11-01T05:30:00Z', '2026-11-01', '2026-11-04'],
      ['2026-11-01T06:30:00Z', '2026-11-01', '2026-11-04'],
      ['2026-11-02T05:00:10Z', '2026-11-02', '2026-11-05'],
    ] as const) {
      expect(await daysAt(15, instant)).toMatchObject({ status: 200, from, to, unknown: [] });
    }
  });
});
