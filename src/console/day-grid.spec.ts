import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DayMap, MappedExperience } from '../sync/monitoring/day-map.shape.js';
import { FLAGS } from './page/day-flags.js';
import { DayGrid } from './page/day-grid.js';
import { addDays, daysBetween } from './page/format.js';

const NOW = Date.parse('2026-03-27T10:30:00Z');
const APIA = 1;
const PAGO_PAGO = 2;
const SINGAPORE = 3;

/** Half past ten in the morning, UTC: half past eleven at night in Apia, and the evening of the day before in Pago Pago. */
const PACIFIC = [
  experience(APIA, 'Pacific/Apia', '2026-03-27'),
  experience(PAGO_PAGO, 'Pacific/Pago_Pago', '2026-03-26'),
];

describe('the columns of the map', () => {
  it('are dates: the same date stands below the same head, whatever the zone', () => {
    const grid = gridOf(PACIFIC);
    expect(grid.first).toBe('2026-03-26');
    expect(grid.columns).toBe(4);
    expect(datesOf(grid, 0)).toEqual([null, '2026-03-27', '2026-03-28', '2026-03-29']);
    expect(datesOf(grid, 1)).toEqual(['2026-03-26', '2026-03-27', '2026-03-28', null]);
  });

  it('show of each day what is known of it, and what its place in its own window allows', () => {
    const grid = gridOf(PACIFIC);
    expect(grid.at(0, 1, NOW)).toMatchObject({ date: '2026-03-27', age: 10, maxAge: 60, flags: FLAGS.closed });
    expect(grid.at(1, 1, NOW)).toMatchObject({ date: '2026-03-27', age: 20, maxAge: 3_600, flags: FLAGS.soldOut });
  });

  it('allow the first day what its experience allows it', () => {
    const grid = gridOf(PACIFIC.map((one) => ({ ...one, firstMaxAge: 240 })));
    expect([grid.at(0, 1, NOW)?.maxAge, grid.at(0, 2, NOW)?.maxAge]).toEqual([240, 3_600]);
    const others = gridOf([{ ...experience(SINGAPORE, 'Asia/Singapore', '2026-03-27'), supplier: 'zaui' }]);
    expect([others.at(0, 0, NOW)?.maxAge, others.at(0, 1, NOW)?.maxAge]).toEqual([60, 900]);
  });

  it('are those of the whole map, whatever the filter leaves of it', () => {
    const grid = gridOf(PACIFIC);
    grid.show({ filter: String(APIA) });
    expect(datesOf(grid, 0)).toEqual([null, '2026-03-27', '2026-03-28', '2026-03-29']);
  });

  it('become more when midnight passes somewhere and that experience is looked up alone', () => {
    const grid = gridOf(PACIFIC);
    grid.replace(mapOf([experience(APIA, 'Pacific/Apia', '2026-03-28')]));
    expect(datesOf(grid, 0)).toEqual([null, null, '2026-03-28', '2026-03-29', '2026-03-30']);
    expect(datesOf(grid, 1)).toEqual(['2026-03-26', '2026-03-27', '2026-03-28', null, null]);
  });

  it('are none where nothing is mirrored', () => {
    const grid = gridOf([]);
    expect([grid.first, grid.columns, grid.at(0, 0, NOW)]).toEqual([undefined, 0, undefined]);
  });

  it('hold each day of each window once, below its own date', () => {
    const froms = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(froms, (offsets) => {
        const begins = offsets.map((offset) => addDays('2026-03-01', offset));
        const grid = gridOf(begins.map((from, i) => experience(i + 1, 'UTC', from)));
        begins.forEach((from, row) => {
          const shown = datesOf(grid, row).flatMap((date, column) => (date === null ? [] : [{ date, column }]));
          expect(shown.map(({ date }) => date)).toEqual([from, addDays(from, 1), addDays(from, 2)]);
          shown.forEach(({ date, column }) => expect(date).toBe(addDays(grid.first ?? '', column)));
        });
      }),
    );
  });
});

describe('what is heard of a day', () => {
  it.each([
    [APIA, 0, FLAGS.soldOut + FLAGS.leased],
    [PAGO_PAGO, 1, FLAGS.leased],
  ])('is shown below its date: experience %i', (id, row, flags) => {
    const grid = gridOf(PACIFIC);
    grid.confirmed(id, '2026-03-28', new Date(NOW - 5_000).toISOString());
    grid.leased(id, '2026-03-28', new Date(NOW + 5_000).toISOString(), false);
    expect(grid.at(row, 2, NOW)).toMatchObject({ date: '2026-03-28', age: 5, flags });
  });

  it('is nothing to a window that does not reach there', () => {
    const grid = gridOf(PACIFIC);
    grid.confirmed(PAGO_PAGO, '2026-03-29', new Date(NOW).toISOString());
    expect(grid.at(1, 3, NOW)).toBeUndefined();
  });
});

it('counts the days between dates, both ways and over a change of the clocks', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
});

it('keeps apart who is in which zone', () => {
  const grid = gridOf([...PACIFIC, experience(SINGAPORE, 'Asia/Singapore', '2026-03-27')]);
  expect(grid.span(0)).toEqual(grid.span(2));
  expect(grid.span(1)).toEqual({ start: 0, end: 3 });
});

it('shows those of one supplier, whatever else is filtered', () => {
  const other = { ...experience(SINGAPORE, 'Asia/Singapore', '2026-03-27'), supplier: 'zaui', name: 'Night safari' };
  const grid = gridOf([...PACIFIC, other]);
  const shown = (filter: string, supplier?: string) => {
    grid.show({ filter, ...(supplier !== undefined && { supplier }) });
    return grid.experiences.map(({ id }) => id);
  };
  expect(shown('', 'zaui')).toEqual([SINGAPORE]);
  expect(shown('safari')).toEqual([SINGAPORE]);
  expect(shown('safari', 'leap')).toEqual([]);
  expect(shown('', '')).toHaveLength(3);
});

function experience(id: number, timeZone: string, from: string): MappedExperience {
  const flags = [FLAGS.closed, FLAGS.soldOut, 0];
  const usual = { supplier: 'leap', name: null, paused: false, firstMaxAge: 60 };
  return { id, ...usual, timeZone, from, ages: [10, 20, null], flags };
}

function mapOf(experiences: readonly MappedExperience[]): DayMap {
  const asOf = new Date(NOW).toISOString();
  const promises = [60, 3_600, 86_400];
  const suppliers = [
    { name: 'zaui', maxAges: [900, 900, 900] },
    { name: 'leap', maxAges: promises },
  ];
  return { asOf, length: 3, promises, suppliers, experiences, nextAfter: null };
}

function gridOf(experiences: readonly MappedExperience[]): DayGrid {
  const grid = new DayGrid();
  grid.load([mapOf(experiences)]);
  return grid;
}

function datesOf(grid: DayGrid, row: number): (string | null)[] {
  return Array.from({ length: grid.columns }, (_, column) => grid.at(row, column, NOW)?.date ?? null);
}
