import { describe, expect, it } from '@jest/globals';
import { parseTiers } from '../../config/index.js';
import { capacityPlan, capacityReport } from '../../sync/index.js';
import { planText } from './plan-text.js';

const textOf = (experiences: number, requestsPerMinute: number, tiers = '1:15m,7:4h,30:24h,61:24h'): string =>
  planText(capacityReport(capacityPlan({ experiences, requestsPerMinute, tiers: parseTiers(tiers) })));

describe('a plan as text', () => {
  it('shows what each tier needs, what the budget gives, and what would suffice', () => {
    expect(textOf(450, 30)).toBe(`450 experiences × 61 days, 30 requests a minute

tier      days  needs a day  holds  days kept
1:15m      450       43,200     no       ~2 %
7:4h     2,700       16,200     no      ~11 %
30:24h  10,350       10,350     no      ~31 %
61:24h  13,950       13,950     no       ~6 %
all     27,450       83,700     no

the budget gives        42,146 requests a day
one round of all days   15.7 hours: nothing gets older than 96 hours
expected freshness      0.940 of reads are true, requests placed by value (rates: assumed)
all max ages kept with  60 requests a minute

The budget is insufficient: requests go where they prevent most stale reads, and some days exceed their max age.
Keeping all takes 60 requests a minute, longer tiers, or at most 226 experiences.
`);
  });

  it('says when the budget is sufficient, and for how many more', () => {
    const text = textOf(2, 30);
    expect(text).toContain('all      122          372    yes\n');
    expect(text).toContain('all max ages kept with  1 request a minute\n');
    expect(text).toMatch(/\n\nThe budget is sufficient: every max age is kept, for up to 226 experiences\.\n$/);
  });

  it('says when days will get old', () => {
    expect(textOf(450, 5)).toContain('93.8 hours: days that are hardly read may get older than 96 hours\n');
  });

  it('gives no advice that would mirror nothing', () => {
    expect(textOf(1, 1, '1:1s')).toContain('takes 62 requests a minute or longer tiers.\n');
  });

  it('has lines that a terminal holds, even the longest', () => {
    const lines = textOf(100_000, 60_000).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});
