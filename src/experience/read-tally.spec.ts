import { describe, expect, it } from '@jest/globals';
import type { MirrorSettings } from '../config/index.js';
import type { ResponseCache } from '../http/index.js';
import type { Clock, LocalDate } from '../time/index.js';
import { ReadTally } from './read-tally.js';

describe('the tally of reads', () => {
  it('counts the hours of reads of later dates and calendars, and not those of today, which end with its last start', () => {
    const cache = { takeHits: () => [] } as unknown as ResponseCache;
    const clock = { now: () => new Date('2026-03-02T10:30:00Z') } as Clock;
    const tally = new ReadTally(cache, { windowDays: 61 } as MirrorSettings, clock);
    const read = (date: string | null, times: number): void =>
      tally.count([{ supplier: 'leap', experienceId: 14, date: date as LocalDate | null, zone: 'UTC' }], times);
    read('2026-03-02', 100);
    read('2026-03-03', 10);
    read(null, 1);
    const reads = tally.take().get('leap');
    expect(reads?.byHour).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 10 ? 11 : 0)));
    expect(reads?.byExperience.get(14)).toBe(111);
  });
});
