import { Injectable } from '@nestjs/common';
import { Ages } from './ages.js';

/** How many days of a tier are at most this old. */
export interface AgeCount {
  /** The days ahead that the tier covers. */
  readonly withinDays: number;
  /** Seconds; infinite: all known days. */
  readonly maxAgeSeconds: number;
  readonly days: number;
}

/** The ages of the days of a tier as a cumulative histogram. */
export interface AgeHistogram {
  readonly withinDays: number;
  readonly counts: readonly AgeCount[];
  /** Of each count, as a share of the tier's known days, with a confidence of 95 %; 0: they are exact. */
  readonly error: number;
}

@Injectable()
export class AgeCounts {
  constructor(private readonly ages: Ages) {}

  /** @param bounds seconds, rising */
  async read(bounds: readonly number[]): Promise<AgeHistogram[]> {
    return (await this.ages.read()).map(({ tier: { days: withinDays }, known, ages, error }) => ({
      withinDays,
      error,
      counts: [...bounds, Infinity].map((maxAgeSeconds) => {
        const within = ages.filter((age) => age <= maxAgeSeconds).length;
        return { withinDays, maxAgeSeconds, days: ages.length === 0 ? 0 : Math.round((within / ages.length) * known) };
      }),
    }));
  }
}
