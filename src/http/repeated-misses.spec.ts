import { describe, expect, it } from '@jest/globals';
import { RepeatedMisses } from './repeated-misses.js';

const urlOf = (id: number) => `/api/v1/experience/${id}/dates`;

describe('what was not in the cache', () => {
  it('is known again when it is missed a second time', () => {
    const misses = new RepeatedMisses(4_000_000);
    expect([misses.note(urlOf(1)), misses.note(urlOf(2)), misses.note(urlOf(1))]).toEqual([false, false, true]);
  });

  it('is known again after a thousand others, mostly', () => {
    const misses = new RepeatedMisses(4_000_000);
    for (let id = 1; id <= 1_000; id++) misses.note(urlOf(id));
    const known = Array.from({ length: 1_000 }, (_, i) => misses.note(urlOf(i + 1))).filter(Boolean).length;
    expect(known).toBeGreaterThan(650);
  });

  it('is forgotten when many others were missed since', () => {
    const misses = new RepeatedMisses(4_000_000);
    for (let id = 1; id <= 30_000; id++) misses.note(urlOf(id));
    const known = Array.from({ length: 1_000 }, (_, i) => misses.note(urlOf(i + 1))).filter(Boolean).length;
    expect(known).toBeLessThan(20);
  });
});
