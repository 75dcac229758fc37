import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundsText, leftText, paxText, slotsTitle, timesText } from './page/slot-text.js';

describe('what is left', () => {
  it.each([
    [null, 'unlimited'],
    [0, 'sold out'],
    [1, '1 left'],
    [10_000_000_000, '10,000,000,000 left'],
  ])('%p: %s', (remaining, text) => {
    expect(leftText(remaining)).toBe(text);
  });
});

describe('the times of a slot', () => {
  it.each([
    ['10:00', '11:30', '10:00 to 11:30'],
    ['04:00', '04:00', '04:00'],
    ['10:00', null, '10:00'],
    ['22:00', '24:00', '22:00 to 24:00'],
    ['22:00', '01:30', '22:00 to 01:30 the next day'],
    ['10:00', '00:00', '10:00 to 00:00 the next day'],
  ])('from %s to %p: %s', (start, end, text) => {
    expect(timesText(start, end)).toBe(text);
  });
});

describe('how many one booking takes', () => {
  it.each([
    [1, 20, '1 to 20'],
    [0, 9, '0 to 9'],
    [4, 4, 'exactly 4'],
    [2, null, 'from 2'],
    [null, 9, 'up to 9'],
    [null, null, ''],
  ])('%p and %p: "%s"', (min, max, text) => {
    expect(boundsText(min, max)).toBe(text);
  });

  it('follows what is left, where there is a bound', () => {
    expect(paxText({ remaining: null, min: 2, max: null })).toBe('unlimited, from 2');
    expect(paxText({ remaining: 7, min: null, max: null })).toBe('7 left');
  });

  it('is never told as null, whatever is missing', () => {
    const counts = fc.option(fc.nat());
    fc.assert(
      fc.property(counts, counts, counts, (remaining, min, max) => {
        expect(paxText({ remaining, min, max })).not.toMatch(/null|undefined|NaN|, $/);
      }),
    );
  });
});

describe('the title above the slots of a day', () => {
  it.each([
    [null, 0, 'Slots: never fetched'],
    [0, 0, 'No slots: closed'],
    [0, 3, 'No slots: 3 that can’t be read are left out'],
    [1, 0, '1 slot'],
    [2, 0, '2 slots'],
    [2, 1, '2 slots, 1 that can’t be read is left out'],
  ])('of %p slots, %i left out: %s', (slots, dropped, title) => {
    expect(slotsTitle(slots === null ? null : Array.from({ length: slots }), dropped)).toBe(title);
  });
});
