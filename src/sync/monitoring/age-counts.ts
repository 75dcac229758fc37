import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { DayFigures } from './day-figures.js';
import { Clock, daysBetween, fromDatabaseDate } from '../../time/index.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { tierOf } from '../schedule/max-age.js';

/** How many days of a tier are at most this old. */
export interface AgeCount {
  /** The days ahead that the tier covers. */
  readonly withinDays: number;
  /** Seconds; infinite: all known days. */
  readonly maxAgeSeconds: number;
  readonly days: number;
}

/** The ages of all known days by tier, as a cumulative histogram. */
@Injectable()
export class AgeCounts {
  constructor(
    private readonly days: DayFigures,
    private readonly window: MirrorWindow,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** @param bounds seconds, rising */
  async read(bounds: readonly number[]): Promise<AgeCount[]> {
    const rows = await this.days.countAges(bounds, this.clock.now());
    const tiers = this.settings.tiers.map((tier) => ({ tier, counts: new Array<number>(bounds.length + 1).fill(0) }));
    for (const { timeZone, date, bucket, days } of rows) {
      const lead = daysBetween(this.window.today(timeZone), fromDatabaseDate(date));
      const found = tiers.find(({ tier }) => tier === tierOf(lead, this.settings.tiers));
      if (found) found.counts[bucket] = (found.counts[bucket] ?? 0) + days;
    }
    return tiers.flatMap(({ tier, counts }) => {
      let total = 0;
      return counts.map((count, i) => ({
        withinDays: tier.days,
        maxAgeSeconds: bounds[i] ?? Infinity,
        days: (total += count),
      }));
    });
  }
}
