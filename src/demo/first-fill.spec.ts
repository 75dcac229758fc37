import { describe, expect, it } from '@jest/globals';
import { FillProgress } from './fill-progress.js';
import { fillLine, fillOf, isFull } from './first-fill.js';

const fill = (confirmed: number, days = 305) => ({ confirmed, days, perMinute: 30 });

describe('the first fill', () => {
  it('counts the days that were confirmed at least once', () => {
    const freshness = { days: 305, neverFetched: 300, fresh: 4, stale: 1, share: 0, oldestAsOf: null, tiers: [] };
    expect(fillOf({ freshness, budget: { requestsPerMinute: 30 } })).toEqual(fill(5));
  });

  it('is told with a bar, a count and the minutes to go', () => {
    expect(fillLine(fill(122), 10)).toBe('[####......] 122 of 305 days mirrored, about 7 min to go');
    expect(fillLine(fill(0, 0), 4)).toBe('[....] 0 of 0 days mirrored, about 0 min to go');
  });

  it('is complete with its last day, and not before there are days', () => {
    expect([fill(304), fill(305), fill(0, 0)].map(isFull)).toEqual([false, true, false]);
  });
});

describe('its progress', () => {
  const shown = (isTTY: boolean, fills: readonly number[]): string => {
    let text = '';
    const progress = new FillProgress({ isTTY, write: (part: unknown) => ((text += String(part)), true) });
    fills.forEach((confirmed) => progress.show(fill(confirmed, 20)));
    return text;
  };

  it('is a line that moves, on a terminal', () => {
    const text = shown(true, [0, 1, 20]);
    expect(text.split('\r\u001b[K')).toHaveLength(4);
    expect(text.match(/\n/g)).toHaveLength(1);
  });

  it('is one plain line per tenth, elsewhere', () => {
    const lines = shown(false, [0, 1, 1, 2, 3, 20]).trim().split('\n');
    expect(lines.map((line) => /\d+ of 20/.exec(line)?.[0])).toEqual(['0 of 20', '2 of 20', '20 of 20']);
    expect(lines.join('')).not.toContain('\r');
    expect(lines.join('')).not.toContain('\u001b');
  });
});
