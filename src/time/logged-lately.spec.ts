import { describe, expect, it } from '@jest/globals';
import { LoggedLately } from './logged-lately.js';

const at = (minutes: number): Date => new Date(Date.parse('2026-03-02T04:00:00.000Z') + minutes * 60_000);

describe('what was told', () => {
  it('is told again after an hour, each for itself', () => {
    const lately = new LoggedLately();
    expect(lately.isNew('a', at(0))).toBe(true);
    expect(lately.isNew('b', at(30))).toBe(true);
    expect(lately.isNew('a', at(59))).toBe(false);
    expect(lately.isNew('a', at(60))).toBe(true);
    expect(lately.isNew('b', at(89))).toBe(false);
    expect(lately.isNew('a', at(119))).toBe(false);
  });
});
