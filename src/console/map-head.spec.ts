import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateLabels, monthLabels } from './page/map-head.js';

/** A letter is seven pixels wide. */
const width = (text: string) => text.length * 7;
const FIRST = '2026-11-29';

describe('the head of the map', () => {
  it('names each date where there is room, else every second or third', () => {
    const texts = (cell: number) =>
      dateLabels({ first: FIRST, from: 0, to: 6, cell, scrolled: 0, width }).map(({ text }) => text);
    expect(texts(24)).toEqual(['29', '30', '1', '2', '3', '4']);
    expect(texts(18)).toEqual(['29', '1', '3']);
    expect(texts(8)).toEqual(['29', '2']);
  });

  it('names the month of the first column that is seen, in the room that is left of it', () => {
    const seen = { first: FIRST, from: 0, to: 40, cell: 20, scrolled: 0, width };
    expect(monthLabels(seen)).toEqual([
      { x: 0, text: 'Nov' },
      { x: 40, text: 'December 2026' },
      { x: 660, text: 'January 2027' },
    ]);
    expect(monthLabels({ ...seen, from: 1, scrolled: 15 })).toEqual([
      { x: 5, text: 'December 2026' },
      { x: 625, text: 'January 2027' },
    ]);
  });

  it('has no two labels that touch, whatever is seen', () => {
    const seen = fc.record({
      offset: fc.integer({ min: 0, max: 400 }),
      cell: fc.double({ min: 4, max: 60, noNaN: true }),
      from: fc.integer({ min: 0, max: 30 }),
      columns: fc.integer({ min: 1, max: 61 }),
      part: fc.double({ min: 0, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(seen, ({ offset, cell, from, columns, part }) => {
        const first = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
        const view = { first, from, to: from + columns, cell, scrolled: part * cell, width };
        const months = monthLabels(view);
        months.slice(1).forEach(({ x }, i) => {
          const before = months[i] ?? { x: 0, text: '' };
          expect(x).toBeGreaterThan(before.x + width(before.text));
        });
        const dates = dateLabels(view);
        dates.slice(1).forEach(({ column }, i) => {
          expect((column - (dates[i]?.column ?? 0)) * cell).toBeGreaterThan(width('30'));
        });
      }),
    );
  });
});
