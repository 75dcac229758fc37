import { describe, expect, it } from '@jest/globals';
import { cursorOf, parseCursor, parseLimit } from './cursor.js';

describe('a cursor', () => {
  it.each([0n, 1n, 9_223_372_036_854_775_807n])('brings its position back: %s', (position) => {
    expect(parseCursor(cursorOf(position))).toBe(position);
  });

  it('is not needed at the beginning', () => {
    expect(parseCursor(undefined)).toBeUndefined();
  });

  it.each([
    'x',
    '12',
    `${cursorOf(12)}=`,
    `${cursorOf(12)}\0`,
    cursorOf(9_223_372_036_854_775_808n),
    cursorOf(-1),
    ['a'],
    {},
  ])('is none that we did not make: %s', (text) => {
    expect(() => parseCursor(text)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ status: 400 }) }),
    );
  });
});

describe('a limit', () => {
  it('is a number within bounds, or as it is without one', () => {
    expect([parseLimit('1', 200, 50), parseLimit('200', 200, 50), parseLimit(undefined, 200, 50)]).toEqual([
      1, 200, 50,
    ]);
  });

  it.each(['0', '201', '-1', '1.5', '1e2', '', ' 1', ['1']])('is not %s', (text) => {
    expect(() => parseLimit(text, 200, 50)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ status: 400 }) }),
    );
  });
});
