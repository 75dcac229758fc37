import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../test/setup/test-clock.js';
import { readSettings } from '../../config/index.js';
import type { LocalDate } from '../../time/index.js';
import { MirrorWindow } from './mirror-window.js';

/** In Singapore, the default zone, it is 10:00 on the 2nd; in Pago Pago 15:00 on the 1st. */
const NOW = '2026-03-02T02:00:00.000Z';
const PAGO = 'Pacific/Pago_Pago';

function window(env: Record<string, string> = {}) {
  const { mirror } = readSettings({ TICKETE_API_KEY: 'key', SYNC_TIERS: '1:15m,3:4h', ...env });
  return new MirrorWindow(mirror, new TestClock(NOW));
}

describe('the window of mirrored dates', () => {
  it('begins with today in the experience’s zone, or in the default zone', () => {
    expect(window().today(null)).toBe('2026-03-02');
    expect(window().today(PAGO)).toBe('2026-03-01');
    expect(window().today('Pacific/Kiritimati')).toBe('2026-03-02');
    expect(window({ DEFAULT_TIME_ZONE: PAGO }).today(null)).toBe('2026-03-01');
  });

  it('reaches as far as the last tier', () => {
    expect(window().lastDate(null)).toBe('2026-03-04');
    expect(window().lastDate(PAGO)).toBe('2026-03-03');
    const isMirrored = (date: string) => window().isMirrored({ date: date as LocalDate, timeZone: null });
    expect(['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'].map(isMirrored)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('lists its dates from a date on', () => {
    expect(window().dates(null, '2026-03-03' as LocalDate)).toEqual(['2026-03-03', '2026-03-04']);
    expect(window().dates(null, '2026-03-05' as LocalDate)).toEqual([]);
  });

  it('moves on at the zone’s midnight', () => {
    expect(window().nextMidnight(null)).toEqual(new Date('2026-03-02T16:00:00Z'));
    expect(window().nextMidnight(PAGO)).toEqual(new Date('2026-03-02T11:00:00Z'));
  });
});
