import { describe, expect, it } from '@jest/globals';
import type { DayKey } from '../../inventory/index.js';
import { addDays, parseLocalDate, type LocalDate } from '../../time/index.js';
import type { NeighbourDay } from '../schedule/day-queue.js';
import { planSpans, type ChosenDay } from './span-plan.js';

const FIRST = parseLocalDate('2026-03-05') as LocalDate;
const NOW = new Date('2026-03-02T04:00:00.000Z');
const key = (at: number, experienceId = 14): DayKey => ({ experienceId, date: addDays(FIRST, at) });

/** A free day with a value in shadow prices. */
function free(at: number, worth: number, attempts = 0, experienceId = 14): NeighbourDay {
  const facts = { confirmedAt: NOW, attempts, hinted: false, intervalClass: null, refreshAt: null };
  return { ...key(at, experienceId), ...facts, refreshValue: worth };
}

function planned(chosen: readonly ChosenDay[], near: readonly NeighbourDay[], leastWorth = 0): string[][] {
  const spans = planSpans(chosen, near, { daysPerRequest: 3, leastWorth, now: NOW });
  return spans.map((days) => days.map(({ experienceId, date }) => `${experienceId} ${date}`));
}

const named = (...days: readonly DayKey[]) => days.map(({ experienceId, date }) => `${experienceId} ${date}`);

describe('the requests for chosen days', () => {
  it('takes along neighbours of the same experience, by date, and no day twice', () => {
    const near = [free(2, 1), free(1, 1), free(0, 1), free(1, 9, 0, 15), free(3, 1)];
    expect(planned([key(1), key(0), key(3)], near)).toEqual([named(key(0), key(1), key(2)), named(key(3))]);
  });

  it('asks for fewer dates where the day failed', () => {
    expect(planned([key(1)], [free(0, 1), free(1, 1, 1), free(2, 1)])).toEqual([named(key(1))]);
  });

  it('sends no request by value whose days are not worth it together', () => {
    const near = [free(0, 0.2), free(1, 0.3), free(2, 0.2)];
    const chosen = { ...key(1), byValue: true };
    expect(planned([chosen], near, 0.8)).toEqual([]);
    expect(planned([chosen], near, 0.6)).toEqual([named(key(0), key(1), key(2))]);
    expect(planned([key(1)], near, 0.8)).toEqual([named(key(0), key(1), key(2))]);
  });

  it('leaves a day that is not worth a request to a later one that takes it along', () => {
    const near = [free(0, 0.1), free(3, 0.1), free(4, 5)];
    expect(
      planned(
        [
          { ...key(0), byValue: true },
          { ...key(4), byValue: true },
        ],
        near,
        1,
      ),
    ).toEqual([named(key(3), key(4))]);
  });
});
