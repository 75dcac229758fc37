import { describe, expect, it } from '@jest/globals';
import type { DayDifference } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { NO_COUNTS, noCounts, rateModelOf } from '../model/rate-model.js';
import { ReadJudge, type JudgedDay } from './read-judge.js';

const DATE = '2026-03-20' as LocalDate;
const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00Z');
const hour = (hours: number): Date => new Date(START + hours * HOUR_MS);

describe('Reads of a day that changed', () => {
  const model = rateModelOf(noCounts(61), 1, 0);
  const judge = new ReadJudge({ model, present: () => NO_COUNTS }, { zoneOf: () => 'UTC' });
  const day = (repricings: readonly (readonly [number, number])[]): JudgedDay => ({
    ...{ experienceId: 14, date: DATE, timeZone: null, fingerprint: 'some', lastStart: null, confirmedAt: hour(0) },
    ...{ countedAt: hour(0), changesSeen: 0, changesExpected: 0, reads: 0, calendarReads: 0 },
    ...{ bandChangesSeen: [], bandChangesExpected: [], bandReads: [], repricedAt: null },
    repricingStarts: repricings.map(([start]) => hour(start)),
    repricingEnds: repricings.map(([, end]) => hour(end)),
  });
  /** The share of a read that saw the truth: of a day confirmed at hour 0, and found changed at hour 12. */
  const judged = (readAt: number, found: DayDifference, ...repricings: readonly (readonly [number, number])[]) => {
    const ahead = (Date.parse(DATE) - hour(readAt).getTime()) / 1_000;
    return judge.judge(day(repricings), { reads: 1, ahead, ofCalendars: 0 }, hour(12), found);
  };
  const measured = (readAt: number, ...repricings: readonly (readonly [number, number])[]): number =>
    judged(readAt, { prices: true, rest: false }, ...repricings).measured;

  it('saw the truth the rather the earlier they were, when nothing is known of prices', () => {
    expect(measured(3)).toBeCloseTo(0.75, 1);
    expect(measured(9)).toBeCloseTo(0.25, 1);
  });

  it('hardly saw it after the first of several changes of prices, and hardly missed it before', () => {
    const twice = [
      [2, 3],
      [10, 11],
    ] as const;
    expect(measured(9, ...twice)).toBeLessThan(0.2);
    expect(measured(1, ...twice)).toBeGreaterThan(0.95);
    // Of the last one alone it would seem otherwise.
    expect(measured(9, [10, 11])).toBeGreaterThan(0.9);
  });

  it('are not explained by a change that was seen before the confirmation, and in part by one that may have been before', () => {
    expect(measured(3, [-4, -1])).toBeCloseTo(measured(3), 10);
    const [none, part, whole] = [measured(3), measured(3, [-9, 1]), measured(3, [0, 1])];
    expect(part).toBeLessThan(none);
    expect(part).toBeGreaterThan(whole);
  });

  it('are explained by the prices of other days only if its own prices changed', () => {
    const booked = judged(9, { prices: false, rest: true }, [2, 3]);
    expect(booked.measured).toBeCloseTo(measured(9), 10);
    expect(booked.expected).toBeLessThan(0.2);
    expect(judged(9, { prices: true, rest: true }, [10, 11]).measured).toBeCloseTo(measured(9, [10, 11]), 10);
  });

  it('count one whose first confirmation is not known as one at its end', () => {
    expect(measured(3, [4, 4])).toBeGreaterThan(0.9);
    expect(measured(5, [4, 4])).toBeLessThan(0.2);
  });
});
