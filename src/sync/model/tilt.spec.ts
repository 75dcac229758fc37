import { describe, expect, it } from '@jest/globals';
import { addBands, bandOf, BANDS, changeTilt, evenly, NO_BANDS, readTilt, tilted } from './tilt.js';

const LEADS = 61;
const EVEN = Array.from({ length: LEADS }, () => 1);
const changesOf = (n: number, e: number) => ({ ...NO_BANDS, changes: NO_BANDS.changes.map(() => ({ n, e })) });

describe('the tilt of an experience by lead', () => {
  it('has bands for today, two days, the week, the month and the rest', () => {
    expect([0, 1, 2, 3, 7, 8, 30, 31, 99].map(bandOf)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('is none where nothing was counted, and where it changes and is read as the model says', () => {
    const none = NO_BANDS.reads.map(() => 1);
    expect(changeTilt(NO_BANDS, 3, 1)).toEqual(none);
    expect(readTilt(NO_BANDS, EVEN)).toEqual(none);
    expect(changeTilt(changesOf(60, 5), 3, 4)).toEqual(none);
    for (const factor of readTilt({ ...NO_BANDS, reads: evenly(6_100, LEADS) }, EVEN)) expect(factor).toBeCloseTo(1, 9);
  });

  it('follows what was counted, the more the more it is', () => {
    const twice = changeTilt(changesOf(400, 200), 1, 1);
    expect(twice[0]).toBeCloseTo(2, 1);
    expect(changeTilt(changesOf(4, 2), 1, 1)[0]).toBe(1.5);
    const [today = 0, , , month = 0] = readTilt({ ...NO_BANDS, reads: [1_000, 200, 500, 2_300, 0] }, EVEN);
    expect(today / month).toBeGreaterThan(5);
  });

  it('multiplies the rates of its leads', () => {
    const rates = tilted(EVEN, [5, 4, 3, 2, 1]);
    expect([rates[0], rates[1], rates[3], rates[8], rates[60]]).toEqual([5, 4, 3, 2, 1]);
  });

  it('counts reads of whole calendars in all bands, by their leads', () => {
    expect(evenly(61, LEADS)).toEqual([1, 2, 5, 23, 30]);
    expect(evenly(5, 5)).toEqual([1, 2, 2, 0, 0]);
    expect(evenly(5, 5)).toHaveLength(BANDS);
  });

  it('is counted with fading', () => {
    const added = addBands(changesOf(10, 20), 0.5, changesOf(1, 2));
    expect(added.changes[4]).toEqual({ n: 6, e: 12 });
  });
});
