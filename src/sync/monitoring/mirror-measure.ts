import { Injectable } from '@nestjs/common';
import { quantileOf } from './age-sampling.js';
import { Ages } from './ages.js';
import { DayTally } from './day-tally.js';

/** How fresh the mirror is. Days are counted exactly; ages are those of a sample. */
export interface MirrorFigures {
  readonly days: number;
  readonly fresh: number;
  /** Null: no day is known. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

@Injectable()
export class MirrorMeasure {
  constructor(
    private readonly tally: DayTally,
    private readonly ages: Ages,
  ) {}

  async read(): Promise<MirrorFigures> {
    const [counts, tiers] = await Promise.all([this.tally.counts(), this.ages.read()]);
    // Of each tier equally many days are drawn, however many it has.
    const ages = tiers.flatMap(({ ages: drawn, known }) =>
      drawn.map((seconds) => ({ seconds, weight: known / drawn.length })),
    );
    return {
      days: counts.reduce((sum, { days }) => sum + days, 0),
      fresh: counts.reduce((sum, { fresh }) => sum + fresh, 0),
      p50Seconds: quantileOf(ages, 0.5),
      p95Seconds: quantileOf(ages, 0.95),
    };
  }
}
