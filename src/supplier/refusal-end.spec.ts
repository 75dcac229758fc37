import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusalEnd } from './refusal-end.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');

describe('after a refusal nothing is asked', () => {
  it.each([
    ['until the instant it names', fromNow(17_000), undefined, 17_000],
    ['until the next whole millisecond after it', fromNow(17_000) + 0.25, undefined, 17_001],
    ['until that rather than what the header says', fromNow(17_000), '30', 17_000],
    ['for the seconds of Retry-After', undefined, '30', 30_000],
    ['until the date of Retry-After', undefined, 'Mon, 02 Mar 2026 04:00:45 GMT', 45_000],
    ['by the header where the body’s instant has passed', fromNow(0), '30', 30_000],
    ['by the header where the body’s instant is in seconds, not milliseconds', fromNow(17_000) / 1_000, '30', 30_000],
    ['by the header where the body’s instant is further away than an hour', fromNow(3_600_001), '30', 30_000],
    ['for an hour at most', fromNow(3_600_000), undefined, 3_600_000],
    ['for a minute when nothing is named', undefined, undefined, 60_000],
    ['for a minute when what is named has passed', fromNow(-1), 'Mon, 02 Mar 2026 03:59:00 GMT', 60_000],
    ['for a minute when the header says at once', undefined, '0', 60_000],
    ['for a minute when what is named is not believable', fromNow(86_400_000), '86400', 60_000],
  ])('%s', (_, reset, retryAfter, ms) => {
    expect(refusalEnd(NOW, reset, retryAfter).getTime()).toBe(fromNow(ms));
  });

  it('for some time, an hour at most, whatever is named', () => {
    const anything = fc.oneof(fc.anything(), fc.double(), fc.string(), fc.date().map(String), fc.nat().map(String));
    fc.assert(
      fc.property(anything, anything, (reset, retryAfter) => {
        const wait = refusalEnd(NOW, reset, retryAfter).getTime() - NOW.getTime();
        expect(wait > 0 && wait <= 3_600_000).toBe(true);
      }),
    );
  });
});

function fromNow(ms: number): number {
  return NOW.getTime() + ms;
}
