import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearestPlace, placeAfter } from './page/map-moves.js';

/** Three dates in each of three rows, of which the middle one begins a date earlier. */
const SPANS = [
  { start: 1, end: 4 },
  { start: 0, end: 3 },
  { start: 1, end: 4 },
];
const EMPTY = { start: 0, end: 0 };
const GRID = { experiences: new Array<never>(SPANS.length), columns: 4, span: (row: number) => SPANS[row] ?? EMPTY };
const NAME = -1;

const press = (key: string, row: number, column: number, ctrlKey = false) => {
  const to = placeAfter({ key, ctrlKey }, { row, column }, 2, GRID);
  return to && [to.row, to.column];
};

describe('a key in the map', () => {
  it.each([
    ['ArrowRight', 0, NAME, 0, 1],
    ['ArrowLeft', 0, 1, 0, NAME],
    ['ArrowLeft', 1, 1, 1, 0],
    ['ArrowLeft', 1, NAME, 1, NAME],
    ['ArrowRight', 1, 2, 1, 2],
    ['ArrowRight', 0, 2, 0, 3],
    ['ArrowDown', 0, 3, 1, 2],
    ['ArrowDown', 1, 0, 2, 1],
    ['ArrowUp', 1, 1, 0, 1],
    ['ArrowUp', 0, NAME, 0, NAME],
    ['Home', 2, 3, 2, NAME],
    ['End', 1, NAME, 1, 2],
    ['End', 2, NAME, 2, 3],
    ['PageDown', 0, 2, 2, 2],
    ['PageUp', 1, 0, 0, 1],
  ])('%s leads from row %i, column %i to row %i, column %i', (key, row, column, toRow, toColumn) => {
    expect(press(key, row, column)).toEqual([toRow, toColumn]);
  });

  it('leads with Control to the first and the last row', () => {
    expect(press('Home', 2, 2, true)).toEqual([0, NAME]);
    expect(press('End', 0, NAME, true)).toEqual([2, 3]);
  });

  it('that is another one moves nothing', () => {
    expect(press('a', 1, 1)).toBeUndefined();
  });

  it('never leads to where a row is empty', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 30 }), (pressed) => {
        let place = nearestPlace({ row: 0, column: 0 }, GRID);
        for (const key of pressed) place = placeAfter({ key, ctrlKey: false }, place, 2, GRID) ?? place;
        const { start, end } = GRID.span(place.row);
        expect(place.column === NAME || (place.column >= start && place.column < end)).toBe(true);
      }),
    );
  });
});
