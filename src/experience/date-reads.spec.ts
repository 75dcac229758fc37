import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../time/index.js';
import { DateReadCounts } from './date-reads.js';

const DATE = '2026-12-24' as LocalDate;

describe('Reads by date', () => {
  it('are added up, and their mean instant is weighted by them', () => {
    const counts = new DateReadCounts();
    counts.add({ experienceId: 14, date: DATE, reads: 1, at: 1_000 });
    counts.add({ experienceId: 14, date: DATE, reads: 3, at: 2_000 });
    counts.add({ experienceId: 15, date: DATE, reads: 5, at: 9_000 });
    expect(counts.all).toEqual([
      { experienceId: 14, date: DATE, reads: 4, at: 1_750 },
      { experienceId: 15, date: DATE, reads: 5, at: 9_000 },
    ]);
  });

  it('are bounded: a full store goes on counting the dates that it holds, and takes no other', () => {
    const counts = new DateReadCounts(2);
    for (const experienceId of [14, 15, 16, 14]) counts.add({ experienceId, date: DATE, reads: 1, at: 0 });
    expect(counts.all.map(({ experienceId, reads }) => [experienceId, reads])).toEqual([
      [14, 2],
      [15, 1],
    ]);
  });
});
