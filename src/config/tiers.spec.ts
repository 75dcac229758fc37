import { describe, expect, it } from '@jest/globals';
import { parseTiers, tiersText, tiersWithin } from './tiers.js';

describe('tiers', () => {
  it('are days:age pairs, nearest first', () => {
    expect(parseTiers('1:15m, 7:4h ,366:24h')).toEqual([
      { days: 1, maxAgeMs: 900_000 },
      { days: 7, maxAgeMs: 14_400_000 },
      { days: 366, maxAgeMs: 86_400_000 },
    ]);
  });

  it.each([
    ['', 'is not a tier; write days:age pairs'],
    ['1:15m,', 'is not a tier; write days:age pairs'],
    ['15m', 'is not a tier; write days:age pairs'],
    ['-1:15m', 'is not a tier; write days:age pairs'],
    ['1.5:15m', 'is not a tier; write days:age pairs'],
    ['1:15', '"15" is not a duration'],
    ['1:0s', '"0s" is not a duration'],
    ['0:15m', 'a tier reaches from 1 to 366 days'],
    ['367:15m', 'a tier reaches from 1 to 366 days'],
    ['7:4h,1:15m', 'the days of the tiers must rise'],
    ['7:4h,7:15m', 'the days of the tiers must rise'],
  ])('are not "%s"', (text, message) => {
    expect(() => parseTiers(text)).toThrow(message);
  });

  it.each(['1:15m,7:4h,61:24h', '2:90m', '2:90s,3:1500ms,366:96h'])('are written as they were read: %s', (text) => {
    expect(tiersText(parseTiers(text))).toBe(text);
  });

  it.each([
    ['1:15m,30:24h', 61, '1:15m,30:24h,61:24h'],
    ['1:15m,7:4h,90:24h', 61, '1:15m,7:4h,61:24h'],
    ['1:15m,70:4h,90:24h', 61, '1:15m,61:4h'],
    ['61:1h', 61, '61:1h'],
  ])('%s within %d days are %s', (text, days, expected) => {
    expect(tiersText(tiersWithin(days, parseTiers(text)))).toBe(expected);
  });
});
