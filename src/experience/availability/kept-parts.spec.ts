import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../test/setup/test-clock.js';
import type { ResponseCache } from '../../http/index.js';
import type { ConfirmedDay, DayEvents } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { KeptParts } from './kept-parts.js';

const date = (text: string) => text as LocalDate;

describe('an answer about many days', () => {
  it('hears of the dates that the window has gained since it was first asked for', () => {
    const forgotten: string[] = [];
    let confirm: (day: ConfirmedDay) => void = () => undefined;
    const cache = { forget: (url: string) => forgotten.push(url) } as unknown as ResponseCache;
    const events = {
      onConfirmed: (listener: typeof confirm) => (confirm = listener),
      onExperience: () => undefined,
      onLost: () => undefined,
    } as unknown as DayEvents;
    const parts = new KeptParts(cache, events, new TestClock());
    const scope = { from: date('2026-03-01'), to: date('2026-05-01'), experiences: new Set([14]), most: 1 };
    const first = parts.of('/dates', scope);
    expect(parts.of('/dates', { ...scope })).toBe(first);
    confirm({ experienceId: 14, date: date('2026-05-01'), confirmedAt: 1 });
    expect(forgotten).toEqual([]);
    parts.of('/dates', { ...scope, from: date('2026-03-02'), to: date('2026-05-02') });
    forgotten.length = 0;
    confirm({ experienceId: 14, date: date('2026-05-01'), confirmedAt: 2 });
    expect(forgotten).toEqual(['/dates']);
  });
});
