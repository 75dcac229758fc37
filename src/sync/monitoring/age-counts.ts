import { Injectable } from '@nestjs/common';
import { Ages, type TierAges } from './ages.js';

/** How many days of a tier are at most this old. */
export interface AgeCount {
  /** The days ahead that the tier covers. */
  readonly withinDays: number;
  /** Seconds; infinite: all known days. */
  readonly maxAgeSeconds: number;
  readonly days: number;
}

/** The ages of the days of the tiers that reach so far, as a cumulative histogram. */
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
    return ageHistograms(await this.ages.read(), bounds);
  }
}

/** Tiers of several suppliers that reach equally far are counted together. */
export function ageHistograms(all: readonly TierAges[], bounds: readonly number[]): AgeHistogram[] {
  const reaches = [...new Set(all.map(({ tier }) => tier.days))].sort((a, b) => a - b);
  return reaches.map((withinDays) => {
    const parts = all.filter(({ tier }) => tier.days === withinDays);
    return {
      withinDays,
      error: errorOfSum(parts),
      counts: [...bounds, Infinity].map((maxAgeSeconds) => ({
        withinDays,
        maxAgeSeconds,
        days: Math.round(sum(parts, (part) => daysWithin(part, maxAgeSeconds))),
      })),
    };
  });
}

function daysWithin({ known, ages }: TierAges, maxAgeSeconds: number): number {
  const within = ages.filter((age) => age <= maxAgeSeconds).length;
  return ages.length === 0 ? 0 : (within / ages.length) * known;
}

/** Errors of samples that were drawn apart add up like deviations. */
function errorOfSum(parts: readonly TierAges[]): number {
  const known = sum(parts, (part) => part.known);
  return known === 0 ? 0 : Math.sqrt(sum(parts, (part) => ((part.known / known) * part.error) ** 2));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
