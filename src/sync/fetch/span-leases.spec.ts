import { describe, expect, it } from '@jest/globals';
import type { DayKey } from '../../inventory/index.js';
import type { Sql } from '../../prisma/index.js';
import { parseLocalDate, type LocalDate } from '../../time/index.js';
import type { DayQueue } from '../schedule/day-queue.js';
import { SpanLeases } from './span-leases.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const LEASE = { now: NOW, until: NOW, longest: NOW, by: 'the test' };
const day = (text: string): DayKey => ({ experienceId: 14, date: parseLocalDate(text) as LocalDate });

/** What is leased for these days where these others are free, as the dates of each request. */
async function leased(chosen: readonly DayKey[], free: readonly DayKey[], daysPerRequest: number): Promise<string[][]> {
  const facts = {
    confirmedAt: null,
    attempts: 0,
    hinted: false,
    intervalClass: null,
    refreshAt: null,
    refreshValue: 1,
  };
  const queue = {
    neighbours: () => Promise.resolve(free.map((key) => ({ ...key, ...facts }))),
    lease: (_: Sql, keys: readonly DayKey[]) => Promise.resolve(keys),
  } as unknown as DayQueue;
  const spans = await new SpanLeases(queue, daysPerRequest).lease({} as Sql, chosen, LEASE);
  return spans.map(({ days }) => days.map(({ date }) => date));
}

describe('leasing chosen days', () => {
  const [one, two, three] = [day('2026-03-05'), day('2026-03-06'), day('2026-03-07')];

  it('takes along the days that the same request answers, each once', async () => {
    expect(await leased([two, three], [one, two, three], 3)).toEqual([[one.date, two.date, three.date]]);
    expect(await leased([two, one], [one, two], 1)).toEqual([[two.date], [one.date]]);
  });

  it('takes a chosen day also where it is not scheduled, as a backfill does', async () => {
    expect(await leased([two], [], 31)).toEqual([[two.date]]);
    expect(await leased([two], [three], 31)).toEqual([[two.date, three.date]]);
  });
});
