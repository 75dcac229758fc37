import { describe, expect, it } from '@jest/globals';
import { DaysByExperience } from './days-by-experience.js';
import type { StoredRangeDay } from './sql/read-days.js';

const row = (id: number, day: number | null, more: Partial<StoredRangeDay> = {}) =>
  ({ id, day, confirmedAt: null, ...more }) as StoredRangeDay;
const ROWS = [row(14, 0, { position: 'p', confirmedAt: 5 }), row(14, 1), row(15, null), row(17, 0), row(17, 2)];

function collected(rows: readonly StoredRangeDay[], withConfirmations = false) {
  const days = new DaysByExperience(
    (own, first) => ({ id: own[0].id, days: own.map(({ day }) => day), position: first.position }),
    withConfirmations,
  );
  for (const each of rows) days.add(each);
  return days;
}

describe('rows as they arrive', () => {
  it('are grouped by experience, and each group knows the first row of the read', () => {
    expect(collected(ROWS).end()).toEqual([
      { id: 14, days: [0, 1], position: 'p' },
      { id: 15, days: [null], position: 'p' },
      { id: 17, days: [0, 2], position: 'p' },
    ]);
    expect(collected([]).end()).toEqual([]);
  });

  it('of another read have nothing of the first one', () => {
    collected(ROWS.slice(0, 2));
    expect(collected([row(14, 0, { position: 'later' })]).end()).toEqual([{ id: 14, days: [0], position: 'later' }]);
  });

  it('say when each stored day was confirmed, where that is asked for', () => {
    expect(collected(ROWS).confirmed).toEqual([]);
    expect(collected(ROWS, true).confirmed).toEqual([
      { id: 14, day: 0, at: 5 },
      { id: 14, day: 1, at: 0 },
      { id: 17, day: 0, at: 0 },
      { id: 17, day: 2, at: 0 },
    ]);
  });
});
