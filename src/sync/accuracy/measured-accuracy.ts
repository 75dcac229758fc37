import type { DayDifference, DayKey } from '../../inventory/index.js';
import type { Sql } from '../../prisma/index.js';
import { daysBetween } from '../../time/index.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import type { AccuracyRecords } from './accuracy-records.js';
import { bandOf } from './lead-band.js';
import { hourOf, isNothing, PendingAccuracy } from './pending-accuracy.js';
import { ReadJudge, type JudgedDay, type UnjudgedReads } from './read-judge.js';
import { CorrelatedDeviation } from './correlated-deviation.js';

/** What a confirmation found. */
export interface Finding {
  readonly confirmedAt: Date;
  readonly difference: DayDifference;
  /** The day was drawn at random. */
  readonly audit: boolean;
}

/** Measures for one supplier how many reads saw the truth. Sums are kept in memory until they are stored. */
export class MeasuredAccuracy {
  private readonly judge: ReadJudge;
  private readonly pending = new PendingAccuracy();
  private readonly correlated = new CorrelatedDeviation();

  constructor(
    private readonly supplier: string,
    rates: LearnedRates,
    private readonly window: MirrorWindow,
    private readonly records: AccuracyRecords,
  ) {
    this.judge = new ReadJudge(rates, window);
  }

  found(day: JudgedDay, reads: UnjudgedReads, { confirmedAt, difference, audit }: Finding): void {
    const { experienceId } = day;
    const { ofChange, ...truth } = this.judge.judge(day, reads, confirmedAt, difference);
    // Prices change at one instant on all dates of an experience.
    const together = difference.prices ? this.correlated.add(hourOf(confirmedAt).getTime(), experienceId, ofChange) : 0;
    this.pending.add({
      experienceId,
      at: confirmedAt,
      band: this.bandOf(day),
      truth: { ...truth, variance: truth.variance + together },
      audit: audit ? !difference.prices && !difference.rest : null,
    });
  }

  /** @param store opens the transaction in which the sums are stored */
  async store(store: (beside: ((sql: Sql) => Promise<void>) | null) => Promise<void>): Promise<void> {
    const taken = this.pending.take();
    try {
      await store(isNothing(taken) ? null : (sql) => this.records.add(sql, this.supplier, taken));
    } catch (error) {
      this.pending.putBack(taken);
      throw error;
    }
  }

  private bandOf({ date, timeZone }: DayKey & Pick<JudgedDay, 'timeZone'>): number {
    return bandOf(Math.max(0, daysBetween(this.window.today(timeZone), date)));
  }
}
