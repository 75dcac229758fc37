import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../time/index.js';
import type { CandidateDay } from '../schedule/day-queue.js';
import { candidatesOf } from './choice.js';
import { chooseNext, NO_CREDIT, sharesOf } from './queue.js';

const NOW = new Date('2026-03-02T12:00:00Z');
const minutesFrom = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const dayOf = (experienceId: number, given: Partial<CandidateDay>): CandidateDay => ({
  ...{ experienceId, date: '2026-03-02' as LocalDate, lane: 'value', confirmedAt: minutesFrom(-60) },
  ...{ dueAt: minutesFrom(-10), requestedAt: null, hintedAt: null, lastStart: null, timeZone: null },
  ...{ intervalClass: 5, refreshAt: minutesFrom(10), refreshValue: null, ...given },
});
/** Closed, overdue for days: its interval is a year. */
const closed = (id: number) =>
  dayOf(id, { lane: 'due', dueAt: minutesFrom(-4_000), confirmedAt: minutesFrom(-5_000), refreshAt: null });
/** The first in turn by value, not overdue. */
const first = dayOf(1, { dueAt: minutesFrom(30), refreshAt: minutesFrom(-30) });
const cheap = dayOf(2, { refreshAt: minutesFrom(5) });
const dear = dayOf(3, { refreshAt: minutesFrom(500) });

const overdue = (keepsMaxAges: boolean) =>
  candidatesOf([closed(9), first, dear, cheap], NOW, keepsMaxAges)
    .filter(({ lane }) => lane === 'due')
    .sort((a, b) => b.rank - a.rank)
    .map(({ day }) => day.experienceId);

describe('overdue days', () => {
  it('go by how long they have been overdue while the budget keeps all max ages', () => {
    expect(overdue(true)).toEqual([9]);
  });

  it('otherwise go where a request costs least, closed days last', () => {
    expect(overdue(false)).toEqual([2, 3, 9]);
  });

  it('take no more than their share', () => {
    const shares = sharesOf({ maxAges: false, rounds: true }, 0.25);
    let credits = NO_CREDIT;
    const chosen = Array.from({ length: 100 }, () => {
      const next = chooseNext(candidatesOf([closed(9), first, cheap], NOW, false), 1, shares, credits);
      credits = next.credits;
      return next.chosen[0]?.lane;
    });
    expect(chosen.filter((lane) => lane === 'due')).toHaveLength(5);
  });
});
